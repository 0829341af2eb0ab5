package dealbrain.app;

import dealbrain.database.DatabaseUrl;
import java.util.Optional;

/**
 * The database.
 *
 * @param url      empty for the embedded PostgreSQL
 * @param readUrl  of a hot standby, from which anonymous pages are loaded; empty for none
 * @param poolSize the number of connections to each of the two
 */
record DatabaseConfig(Optional<DatabaseUrl> url, Optional<DatabaseUrl> readUrl, int poolSize) {
    private static final String READ_URL = "DATABASE_READ_URL";

    static DatabaseConfig from(Settings settings) {
        Optional<DatabaseUrl> url = settings.value("DATABASE_URL", DatabaseUrl::parse);
        Optional<DatabaseUrl> readUrl = settings.value(READ_URL, DatabaseUrl::parseStandby);
        settings.require(
                readUrl.isEmpty() || settings.text("DATABASE_URL").isPresent(),
                READ_URL,
                "needs DATABASE_URL: the embedded PostgreSQL has no standby");
        return new DatabaseConfig(url, readUrl, settings.number("DEALBRAIN_POOL_SIZE", 10, 1, 200));
    }
}
