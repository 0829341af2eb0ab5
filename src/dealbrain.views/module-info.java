import org.jspecify.annotations.NullMarked;

/** Views: counting how often shared links and public collections are opened. */
@NullMarked
module dealbrain.views {
    requires static transitive org.jspecify;
    requires transitive dealbrain.database;
    requires transitive dealbrain.http;
    requires com.github.benmanes.caffeine;

    exports dealbrain.views;

    opens dealbrain.views to
            dealbrain.database,
            org.jdbi.v3.core,
            org.jdbi.v3.sqlobject,
            com.fasterxml.jackson.databind;
}
