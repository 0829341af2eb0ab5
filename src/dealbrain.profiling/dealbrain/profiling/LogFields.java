package dealbrain.profiling;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.slf4j.spi.LoggingEventBuilder;

/** What every line about a statement says of who ran it; the id of the request only where the context of the log does not say it. */
final class LogFields {
    private LogFields() {
    }

    static void add(LoggingEventBuilder line, StatementStatistics statement, @Nullable StatementScope scope, @Nullable String callSite) {
        if (statement.daoMethod() != null) {
            line.addKeyValue("dao_method", statement.daoMethod());
        }
        if (callSite != null) {
            line.addKeyValue("call_site", callSite);
        }
        if (scope != null) {
            line.addKeyValue(scope.kind() == StatementScope.Kind.REQUEST ? "route" : "job", scope.name());
            scope.requestId().filter(_ -> MDC.get("request_id") == null).ifPresent(id -> line.addKeyValue("request_id", id));
        }
    }
}
