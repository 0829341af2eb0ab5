package dealbrain.profiling;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The statistics of each statement, by its text. Thread-safe.
 *
 * <p>A lookup happens twice for each execution, so it must not read the text. Statement texts are constants: a
 * {@link String} caches its hash code, and {@code equals} compares references first. A text is parsed at its first
 * execution only. Texts that are put together at run time would fill the memory: all texts after the first 500 share
 * one entry.
 */
final class StatementRegistry {
    static final int MAX_STATEMENTS = 500;

    private final ConcurrentMap<String, StatementStatistics> byText = new ConcurrentHashMap<>();
    private final StatementStatistics others = new StatementStatistics(SqlText.OTHERS, null);

    StatementStatistics of(StatementContext context) {
        String text = context.getRawSql();
        StatementStatistics known = byText.get(text); // without the lock that computeIfAbsent may take
        return known == null ? add(text, context) : known;
    }

    /** Threads that get here together can exceed the limit by a few entries. */
    private StatementStatistics add(String text, StatementContext context) {
        if (byText.size() >= MAX_STATEMENTS) {
            return others;
        }
        return byText.computeIfAbsent(
                text, it -> new StatementStatistics(SqlText.of(it), DaoMethod.current(context.getExtensionMethod())));
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
