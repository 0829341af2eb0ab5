package dealbrain.app;

import dealbrain.database.DatabaseUrl;
import dealbrain.testing.SqlClient;
import dealbrain.testing.TestDatabase;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Gives a database settings that an administrator may have set for other applications. Ordered after the database. */
final class HostileSettings implements BeforeAllCallback {
    private static final String SETTINGS = """
            default_transaction_isolation = serializable
            default_transaction_deferrable = on
            search_path = nowhere, public
            TimeZone = 'Asia/Kathmandu'
            DateStyle = 'German, DMY'
            IntervalStyle = sql_standard
            bytea_output = escape
            extra_float_digits = -15
            standard_conforming_strings = off
            backslash_quote = off
            statement_timeout = 1
            lock_timeout = 1
            transaction_timeout = 300
            idle_in_transaction_session_timeout = 1
            idle_session_timeout = 1
            row_security = off
            synchronous_commit = off
            client_encoding = LATIN1
            client_min_messages = error
            jit = on
            jit_above_cost = 0
            plan_cache_mode = force_custom_plan
            transform_null_equals = on
            array_nulls = off
            quote_all_identifiers = on
            xmloption = document
            xmlbinary = hex
            exit_on_error = on
            gin_fuzzy_search_limit = 1
            lc_numeric = 'C'
            lc_monetary = 'C'
            default_toast_compression = pglz
            default_text_search_config = 'pg_catalog.german'
            synchronize_seqscans = on
            escape_string_warning = on
            check_function_bodies = off
            """;

    private final TestDatabase database;

    HostileSettings(TestDatabase database) {
        this.database = database;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        DatabaseUrl other = database.url().withName("postgres"); // without these settings
        List<String> known = SqlClient.column(other, "SELECT lower(name) FROM pg_settings");
        SETTINGS.lines()
                .filter(setting ->
                        known.contains(setting.replaceFirst(" .*", "").toLowerCase(Locale.ROOT)))
                .forEach(setting -> SqlClient.execute(
                        other, "ALTER DATABASE " + database.url().name() + " SET " + setting));
    }
}
