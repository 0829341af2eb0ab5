import org.jspecify.annotations.NullMarked;

/** Shares: listings and collections by public link, and listings from user to user. */
@NullMarked
module dealbrain.shares {
    requires static transitive org.jspecify;
    requires transitive dealbrain.accounts; // User, in the services
    requires transitive dealbrain.caching; // Cache, in Shares
    requires transitive dealbrain.collections; // CollectionItem: what an imported share becomes
    requires transitive dealbrain.database; // Jdbi, in the services
    requires transitive dealbrain.http; // Router, in the handlers
    requires transitive dealbrain.listings; // Listing, in the records
    requires transitive io.opentelemetry.api; // Tracer, in Shares
    requires transitive dealbrain.notifications; // Notifications, in UserShareService
    requires com.github.benmanes.caffeine;
    requires com.samskivert.jmustache;
    requires io.opentelemetry.context; // Scope, in ShareSpans

    exports dealbrain.shares;

    opens dealbrain.shares to
            dealbrain.database,
            org.jdbi.v3.core,
            org.jdbi.v3.sqlobject,
            com.fasterxml.jackson.databind; // DAOs; JSON of the records
}
