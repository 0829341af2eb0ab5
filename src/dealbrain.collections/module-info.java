import org.jspecify.annotations.NullMarked;

/** Collections: named, ordered sets of listings. */
@NullMarked
module dealbrain.collections {
    requires static transitive org.jspecify;
    requires transitive dealbrain.caching;
    requires transitive dealbrain.listings; // Listing, in CollectionItem
    requires transitive dealbrain.views;

    exports dealbrain.collections;

    opens dealbrain.collections to
            dealbrain.database,
            org.jdbi.v3.core,
            org.jdbi.v3.sqlobject,
            com.fasterxml.jackson.databind;
}
