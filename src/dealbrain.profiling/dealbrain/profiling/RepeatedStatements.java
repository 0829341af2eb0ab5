package dealbrain.profiling;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Names the statements that one piece of work ran again and again: the pattern known as N+1. Safe for use by many threads. */
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

    /** Where repeated statements raise, the first execution too many throws, so that the stack shows the loop. */
    void check(StatementScope scope, StatementStatistics statement, int executions) {
        if (options.raises() && executions == options.repeated() && !isPaged(scope, statement)) {
            throw new RepeatedStatementException(
                    message(executions) + ": " + statement.sql().shown());
        }
    }

    /** One line for each statement that reached the threshold, with the final count. */
    void report(StatementScope scope, ProfilerMode mode) {
        if (mode == ProfilerMode.OFF || options.raises() || scope.count() < options.repeated()) {
            return;
        }
        scope.executions().forEach((statement, executions) -> {
            if (executions.count() >= options.repeated() && !isPaged(scope, statement)) {
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
        statement.wasRepeated();
        telemetry.repeated();
        SqlText sql = statement.sql();
        LoggingEventBuilder line = LOG.atWarn()
                .addKeyValue("n_plus_one_warning", true)
                .addKeyValue("query_count", executions)
                .addKeyValue("query_statement", sql.shown())
                .addKeyValue("query_fingerprint", sql.fingerprint());
        LogFields.add(line, statement, scope, callSite).log(message(executions));
        timeline.repeated(sql, message(executions) + ": " + sql.shown(), scope);
    }

    private static String message(int executions) {
        return "Potential N+1 query detected: Same query pattern executed " + executions + " times";
    }

    private boolean isPaged(StatementScope scope, StatementStatistics statement) {
        String method = statement.daoMethod();
        return method != null
                && (options.paged().contains(method) || options.paged().contains(scope.name() + " " + method));
    }
}
