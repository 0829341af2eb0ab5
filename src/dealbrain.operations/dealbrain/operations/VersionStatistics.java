package dealbrain.operations;

import org.jspecify.annotations.Nullable;

/**
 * The statistics of a route or a statement in one version.
 *
 * @param p95Ms            in milliseconds
 * @param statementsMedian per request; null for a statement
 * @param statementsMax    per request; null for a statement
 * @param rowsMean         read or changed per execution; null for a route
 * @param fingerprint      of the text; null for a route
 * @param planHash         of the plan without its estimates; null if none was explained
 */
record VersionStatistics(
        long executions,
        double p95Ms,
        @Nullable Long statementsMedian,
        @Nullable Long statementsMax,
        @Nullable Double rowsMean,
        @Nullable String fingerprint,
        @Nullable String planHash) {}
