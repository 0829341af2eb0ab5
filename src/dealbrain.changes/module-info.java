import org.jspecify.annotations.NullMarked;

/** Changes: what was changed in the database, and that every running program has heard of it before it is acknowledged. */
@NullMarked
module dealbrain.changes {
    requires static transitive org.jspecify;
    requires transitive dealbrain.database; // Jdbi, in ChangeLog
    requires io.leangen.geantyref;
    requires org.jdbi.v3.sqlobject;
    requires org.slf4j;

    exports dealbrain.changes;

    opens dealbrain.changes to
            dealbrain.database,
            org.jdbi.v3.core,
            org.jdbi.v3.sqlobject; // ChangeDao
}
