import org.jspecify.annotations.NullMarked;

/** Collections: the named, ordered sets of listings that a user keeps. */
@NullMarked
module dealbrain.collections {
    requires static transitive org.jspecify;
    requires transitive dealbrain.accounts; // User, in CollectionService
    requires transitive dealbrain.caching; // Cache, in CollectionPages
    requires transitive dealbrain.database; // Jdbi, in CollectionService
    requires transitive dealbrain.http; // Router, in CollectionHandler
    requires transitive dealbrain.listings; // Listing, in CollectionItem

    exports dealbrain.collections;

    opens dealbrain.collections to
            dealbrain.database,
            org.jdbi.v3.core,
            org.jdbi.v3.sqlobject,
            com.fasterxml.jackson.databind; // DAOs; JSON of the records
}
