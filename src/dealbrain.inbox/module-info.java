import org.jspecify.annotations.NullMarked;

/** The inbox: listings that one user shares with another. */
@NullMarked
module dealbrain.inbox {
    requires static transitive org.jspecify;
    requires transitive dealbrain.notifications;
    requires transitive dealbrain.shares;

    exports dealbrain.inbox;

    opens dealbrain.inbox to
            dealbrain.database,
            org.jdbi.v3.core,
            org.jdbi.v3.sqlobject,
            com.fasterxml.jackson.databind;
}
