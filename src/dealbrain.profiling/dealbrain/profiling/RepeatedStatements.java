package dealbrain.profiling;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Reports the statements that one request or job repeats: the N+1 pattern. Thread-safe.
 *
 * <p>Two executions run the same statement if the texts are equal; parameter values are not part of the text. There are
 * two ways to report. In tests {@link #check} throws at the execution that reaches the threshold, within the loop.
 * Otherwise {@link #report} logs at the end of the work, when the number of executions is final. DAO methods that
 * repeat by design are exempt: they have the annotation {@link dealbrain.database.RepeatedByDesign}.
 */
final class RepeatedStatements {
    private static final Logger LOG = LoggerFactory.getLogger(RepeatedStatements.class);

    private final ProfilerOptions options;
    private final StatementTelemetry telemetry;
    private final Timeline timeline;

    RepeatedStatements(ProfilerOptions options, StatementTelemetry telemetry, Timeline timeline) {
        this.options = options;
        this.telemetry = telemetry;
        this.timeline = timeline;
    }

    /**
     * Throws if repeated statements fail and this execution is the one that reaches the threshold.
     *
     * @param executions the executions of the statement in the scope so far
     */
    void check(StatementScope scope, StatementStatistics statement, int executions) {
        if (options.failsOnRepeated() && executions == options.repeatedThreshold() && !statement.mayRepeatIn(scope)) {
            throw new RepeatedStatementException(
                    message(executions) + ": " + statement.sql().logText());
        }
    }

    /** Logs each statement that was executed as often as the threshold or more. */
    void report(StatementScope scope, ProfilerMode mode) {
        // Most work ends here: with fewer statements in total than the threshold, none of them can have reached it.
        if (mode == ProfilerMode.OFF || options.failsOnRepeated() || scope.count() < options.repeatedThreshold()) {
            return;
        }
        scope.executions().forEach((statement, executions) -> {
            if (executions.count() >= options.repeatedThreshold() && !statement.mayRepeatIn(scope)) {
                report(
                        scope,
                        statement,
                        executions.count(),
                        executions.callSite().orElse(null));
            }
        });
    }

    private void report(
            StatementScope scope, StatementStatistics statement, int executions, @Nullable String callSite) {
        statement.countRepeated();
        telemetry.countRepeated();
        SqlText sql = statement.sql();
        LoggingEventBuilder line = LOG.atWarn()
                .addKeyValue("n_plus_one_warning", true)
                .addKeyValue("query_count", executions)
                .addKeyValue("query_statement", sql.logText())
                .addKeyValue("query_fingerprint", sql.fingerprint());
        LogFields.add(line, statement, scope, callSite).log(message(executions));
        timeline.recordRepeated(sql, message(executions) + ": " + sql.logText(), scope);
    }

    private static String message(int executions) {
        return "Potential N+1 query detected: Same query pattern executed " + executions + " times";
    }
}
