import org.jspecify.annotations.NullMarked;

/** Profiling: which statements a piece of work runs, how long they take, and telling of it in open formats. Watches, never decides. */
@NullMarked
module dealbrain.profiling {
    requires static transitive org.jspecify;
    requires transitive org.jdbi.v3.core; // Jdbi, in StatementProfiler
    requires transitive java.sql; // SQLException, in StatementProfiler
    requires transitive io.opentelemetry.api; // OpenTelemetry, in Telemetry
    requires transitive io.opentelemetry.context;
    requires HdrHistogram;
    requires io.opentelemetry.common;
    requires io.opentelemetry.exporter.otlp;
    requires io.opentelemetry.sdk;
    requires io.opentelemetry.sdk.common;
    requires io.opentelemetry.sdk.metrics;
    requires io.opentelemetry.sdk.trace;
    requires java.logging; // OpenTelemetry's
    requires java.net.http; // OpenTelemetry's
    requires jdk.management;
    requires org.slf4j;

    exports dealbrain.profiling;

    opens dealbrain.profiling to
            com.fasterxml.jackson.databind; // JSON of the reports
}
