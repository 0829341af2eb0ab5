package dealbrain.profiling;

/**
 * The statistics of one route or background job since the start. Times are in milliseconds.
 *
 * @param route            method and path template, or the name of the job
 * @param statementsMedian the median number of statements per request or run
 * @param errors           the number of internal errors
 */
public record WorkReport(
        String route,
        long count,
        double meanMs,
        double p50Ms,
        double p95Ms,
        double p99Ms,
        double maxMs,
        long statementsMedian,
        long statementsMax,
        long errors) {}
