import org.jspecify.annotations.NullMarked;

/** The catalog: the parts of listings, such as CPUs, drives and scoring profiles. */
@NullMarked
module dealbrain.catalog {
    requires static transitive org.jspecify;
    requires transitive dealbrain.accounts;
    requires transitive dealbrain.database;
    requires transitive dealbrain.http;
    requires transitive dealbrain.valuation; // the rules of a Ruleset

    exports dealbrain.catalog;

    opens dealbrain.catalog to
            dealbrain.database,
            org.jdbi.v3.core,
            org.jdbi.v3.sqlobject,
            com.fasterxml.jackson.databind;
}
