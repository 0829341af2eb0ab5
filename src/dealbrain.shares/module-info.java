import org.jspecify.annotations.NullMarked;

/** Shares: public links to listings and collections, as JSON and HTML. */
@NullMarked
module dealbrain.shares {
    requires static transitive org.jspecify;
    requires transitive dealbrain.collections;
    requires transitive dealbrain.notifications;
    requires transitive io.opentelemetry.api; // Tracer, in Shares
    requires com.samskivert.jmustache;
    requires io.opentelemetry.context; // Scope, in ShareSpans

    exports dealbrain.shares;

    opens dealbrain.shares to
            dealbrain.database,
            org.jdbi.v3.core,
            org.jdbi.v3.sqlobject,
            com.fasterxml.jackson.databind;
}
