import org.jspecify.annotations.NullMarked;

/** Transfer: export and import of collections with their listings, as JSON and CSV. */
@NullMarked
module dealbrain.transfer {
    requires static transitive org.jspecify;
    requires transitive dealbrain.collections;

    exports dealbrain.transfer;

    opens dealbrain.transfer to
            dealbrain.database,
            org.jdbi.v3.core,
            org.jdbi.v3.sqlobject,
            com.fasterxml.jackson.databind;
}
