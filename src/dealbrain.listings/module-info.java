import org.jspecify.annotations.NullMarked;

/** Listings: what is for sale, and the catalog of parts it is made of. */
@NullMarked
module dealbrain.listings {
    requires static transitive org.jspecify;
    requires transitive dealbrain.accounts; // User, in the services
    requires transitive dealbrain.database; // Jdbi, in the services
    requires transitive dealbrain.http; // Router, in the handlers

    exports dealbrain.listings;

    opens dealbrain.listings to
            dealbrain.database,
            org.jdbi.v3.core,
            org.jdbi.v3.sqlobject,
            com.fasterxml.jackson.databind; // DAOs; JSON of the records
}
