import org.jspecify.annotations.NullMarked;

/**
 * The change log: the changes that each running instance has polled, and the acknowledgement of a change by all of
 * them.
 */
@NullMarked
module dealbrain.changes {
    requires static transitive org.jspecify;
    requires transitive dealbrain.background; // WorkerState, in ChangeLog
    requires transitive dealbrain.database; // Jdbi, in ChangeLog
    requires dealbrain.waterfall; // the steps of a request
    requires org.jdbi.v3.sqlobject;
    requires org.slf4j;

    exports dealbrain.changes;

    opens dealbrain.changes to
            dealbrain.database,
            org.jdbi.v3.core,
            org.jdbi.v3.sqlobject; // ChangeDao
}
