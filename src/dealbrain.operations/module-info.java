import org.jspecify.annotations.NullMarked;

/** Operations: health, the dashboard, statistics, metrics and cache administration, for the operator of an instance. */
@NullMarked
module dealbrain.operations {
    requires static transitive org.jspecify;
    requires transitive dealbrain.accounts; // Accounts, in Operations
    requires transitive dealbrain.background; // WorkerState, in Operations
    requires transitive dealbrain.caching; // Cache, in Operations
    requires transitive dealbrain.changes; // ChangeStatus, in Operations
    requires transitive dealbrain.database; // Database, Migrations, PoolListener
    requires transitive dealbrain.http; // Router, Filter, Observer
    requires transitive dealbrain.profiling; // Profiling, Telemetry
    requires transitive dealbrain.standby; // StandbyStatus, in Operations
    requires transitive dealbrain.views; // Views
    requires dealbrain.recording;
    requires dealbrain.waterfall; // StepKind
    requires com.samskivert.jmustache;
    requires org.slf4j;

    exports dealbrain.operations;

    opens dealbrain.operations to
            dealbrain.database, // DAOs
            org.jdbi.v3.core,
            org.jdbi.v3.sqlobject,
            com.fasterxml.jackson.databind, // JSON of the records
            com.samskivert.jmustache; // the records that templates read
}
