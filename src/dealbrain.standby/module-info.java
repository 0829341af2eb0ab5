import org.jspecify.annotations.NullMarked;

/** A hot standby of the database: whether pages may be loaded from it, and the proof that a page needs. */
@NullMarked
module dealbrain.standby {
    requires static transitive org.jspecify;
    requires transitive dealbrain.background; // WorkerState, in Standby
    requires transitive dealbrain.changes; // Snapshot, in Standby
    requires transitive dealbrain.database; // Jdbi, in Standby
    requires org.jdbi.v3.sqlobject;
    requires org.slf4j;

    exports dealbrain.standby;

    opens dealbrain.standby to
            dealbrain.database,
            org.jdbi.v3.core,
            org.jdbi.v3.sqlobject; // HeartbeatDao
}
