package dealbrain.profiling;

import org.jspecify.annotations.Nullable;

/**
 * One statement since the start, as an operator sees it. Times in milliseconds.
 *
 * @param statement     its text in one line, with placeholders; values are never kept
 * @param daoMethod     as in {@code CollectionDao.find}; null for a statement that no DAO runs
 * @param callSite      a line of ours that called it; null in the mode {@code COUNT}
 * @param rows          all that it has read or changed
 * @param slowCount     how often it was slow
 * @param repeatedCount in how many pieces of work it was repeated
 * @param lastRoute     the route or job that ran it last; null for none
 */
public record StatementReport(
        String fingerprint,
        String statement,
        String summary,
        @Nullable String daoMethod,
        @Nullable String callSite,
        long count,
        double totalMs,
        double meanMs,
        double p50Ms,
        double p95Ms,
        double p99Ms,
        double maxMs,
        long rows,
        long slowCount,
        long repeatedCount,
        long errorCount,
        @Nullable String lastRoute) {}
