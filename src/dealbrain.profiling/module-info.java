import org.jspecify.annotations.NullMarked;

/** Profiling: statistics of statements, slow and repeated statements, and OpenTelemetry metrics and spans. */
@NullMarked
module dealbrain.profiling {
    requires static transitive org.jspecify;
    requires transitive dealbrain.background; // WorkerState, in Profiling
    requires transitive org.jdbi.v3.core; // Jdbi, in StatementProfiler
    requires transitive java.sql; // SQLException, in StatementProfiler
    requires transitive io.opentelemetry.api; // OpenTelemetry, in Telemetry
    requires transitive io.opentelemetry.context;
    requires transitive dealbrain.waterfall; // Step, in KeptRequest
    requires dealbrain.database; // RepeatedByDesign, on the methods of DAOs
    requires HdrHistogram;
    requires io.opentelemetry.common;
    requires io.opentelemetry.sdk;
    requires io.opentelemetry.sdk.autoconfigure;
    requires io.opentelemetry.sdk.autoconfigure.spi;
    requires io.opentelemetry.sdk.common;
    requires io.opentelemetry.sdk.metrics;
    requires io.opentelemetry.sdk.trace;
    requires java.logging; // used by OpenTelemetry, whose automatic modules cannot require it
    requires java.net.http; // the same
    requires jdk.management;
    requires org.postgresql.jdbc; // the process id of a connection
    requires org.slf4j;

    exports dealbrain.profiling;

    opens dealbrain.profiling to
            com.fasterxml.jackson.databind; // JSON of the reports
}
