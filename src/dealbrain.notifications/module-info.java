import org.jspecify.annotations.NullMarked;

/** Notifications: what a user is told and has read. What it is about, the modules know that tell it. */
@NullMarked
module dealbrain.notifications {
    requires static transitive org.jspecify;
    requires transitive dealbrain.accounts; // User, in NotificationService
    requires transitive dealbrain.database; // Jdbi, in NotificationService
    requires transitive dealbrain.http; // Router, in NotificationHandler

    exports dealbrain.notifications;

    opens dealbrain.notifications to
            dealbrain.database,
            org.jdbi.v3.core,
            org.jdbi.v3.sqlobject,
            com.fasterxml.jackson.databind; // DAOs; JSON of the records
}
