package dealbrain.profiling;

import org.jspecify.annotations.Nullable;

/**
 * The statistics of one statement since the start. Times are in milliseconds.
 *
 * @param statement     its text in one line, with placeholders; parameter values are never recorded
 * @param daoMethod     the method that runs it, as in {@code CollectionDao.find}; null if unknown
 * @param callSite      a line of code outside of the DAO that runs it; null in the mode {@code COUNT}
 * @param rows          the rows that it has read or changed in total
 * @param slowCount     the number of slow executions
 * @param repeatedCount the number of requests and job runs that repeated it
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
