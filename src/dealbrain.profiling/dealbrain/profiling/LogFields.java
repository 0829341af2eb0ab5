package dealbrain.profiling;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.slf4j.spi.LoggingEventBuilder;

/** The key-values that all log messages about a statement have: where it was run. */
final class LogFields {
    private LogFields() {}

    static LoggingEventBuilder add(
            LoggingEventBuilder line,
            StatementStatistics statement,
            @Nullable StatementScope scope,
            @Nullable String callSite) {
        LoggingEventBuilder fields = line;
        if (statement.daoMethod() != null) {
            fields = fields.addKeyValue("dao_method", statement.daoMethod());
        }
        if (callSite != null) {
            fields = fields.addKeyValue("call_site", callSite);
        }
        return scope == null ? fields : add(fields, scope);
    }

    private static LoggingEventBuilder add(LoggingEventBuilder line, StatementScope scope) {
        LoggingEventBuilder fields =
                line.addKeyValue(scope.kind() == StatementScope.Kind.REQUEST ? "route" : "job", scope.name());
        boolean isInContext = MDC.get("request_id") != null; // then each line has it
        return scope.requestId().isEmpty() || isInContext
                ? fields
                : fields.addKeyValue("request_id", scope.requestId().get());
    }
}
