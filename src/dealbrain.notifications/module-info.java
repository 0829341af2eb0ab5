import org.jspecify.annotations.NullMarked;

/** Notifications: messages to users. The modules that send them decide what they are about. */
@NullMarked
module dealbrain.notifications {
    requires static transitive org.jspecify;
    requires transitive dealbrain.accounts; // Authentication, in Notifications
    requires transitive dealbrain.database; // Jdbi, in Notifications
    requires transitive dealbrain.http; // Router, in Notifications

    exports dealbrain.notifications;

    opens dealbrain.notifications to
            dealbrain.database,
            org.jdbi.v3.core,
            org.jdbi.v3.sqlobject,
            com.fasterxml.jackson.databind; // DAOs; JSON of the records
}
