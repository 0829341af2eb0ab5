import org.jspecify.annotations.NullMarked;

/** Listings: PCs for sale, built of parts of the catalog. */
@NullMarked
module dealbrain.listings {
    requires static transitive org.jspecify;
    requires transitive dealbrain.catalog; // the parts of a Listing

    exports dealbrain.listings;

    opens dealbrain.listings to
            dealbrain.database,
            org.jdbi.v3.core,
            org.jdbi.v3.sqlobject,
            com.fasterxml.jackson.databind;
}
