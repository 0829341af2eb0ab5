package dealbrain.profiling;

/**
 * One route or job since the start, as an operator sees it. Times in milliseconds.
 *
 * @param route            method and template of the path, or the name of the job
 * @param statementsMedian of a request
 * @param errors           how many ended by a fault of ours
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
