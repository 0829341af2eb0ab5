package dealbrain.profiling;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jdbi.v3.core.extension.ExtensionMethod;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * The statistics of each statement, found by its text. Texts are constants, so that a look-up compares references and never
 * reads a text again. Should texts be pasted together somewhere, all beyond the first 500 share one entry. Safe for use by many threads.
 */
final class StatementRegistry {
    private static final int MOST = 500;

    private final ConcurrentMap<String, StatementStatistics> byText = new ConcurrentHashMap<>();
    private final StatementStatistics others =
            new StatementStatistics(new SqlText("_other", "0000000000000000", "_OTHER", ""), null);

    StatementStatistics of(StatementContext context) {
        String text = context.getRawSql();
        StatementStatistics known = byText.get(text);
        return known == null ? first(text, context) : known;
    }

    private StatementStatistics first(String text, StatementContext context) {
        if (byText.size() >= MOST) {
            return others;
        }
        return byText.computeIfAbsent(
                text, it -> new StatementStatistics(SqlText.of(it), daoMethod(context.getExtensionMethod())));
    }

    /** Of the DAO's proxy; of whoever asks without one, looked for on the stack, once for each text. */
    private static @Nullable String daoMethod(@Nullable ExtensionMethod method) {
        return method == null
                ? CallSite.method().orElse(null)
                : method.getType().getSimpleName() + "." + method.getMethod().getName();
    }

    Collection<StatementStatistics> all() {
        return List.copyOf(byText.values());
    }

    Optional<StatementStatistics> find(String fingerprint) {
        return byText.values().stream()
                .filter(each -> each.sql().fingerprint().equals(fingerprint))
                .findFirst();
    }
}
