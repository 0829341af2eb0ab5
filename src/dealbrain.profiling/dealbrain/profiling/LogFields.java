package dealbrain.profiling;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.slf4j.spi.LoggingEventBuilder;

/** What every line about a statement says of who ran it; the id of the request only where the context of the log does not say it. */
final class LogFields {
    private LogFields() {}

    static LoggingEventBuilder add(
            LoggingEventBuilder line,
            StatementStatistics statement,
            @Nullable StatementScope scope,
            @Nullable String callSite) {
        LoggingEventBuilder told =
                statement.daoMethod() == null ? line : line.addKeyValue("dao_method", statement.daoMethod());
        told = callSite == null ? told : told.addKeyValue("call_site", callSite);
        if (scope != null) {
            told = told.addKeyValue(scope.kind() == StatementScope.Kind.REQUEST ? "route" : "job", scope.name());
            boolean unsaid = scope.requestId().isPresent() && MDC.get("request_id") == null;
            told = unsaid ? told.addKeyValue("request_id", scope.requestId().get()) : told;
        }
        return told;
    }
}
