import org.jspecify.annotations.NullMarked;

/** Operations: what the operator sees of the running server, as a page, as JSON and as metrics. */
@NullMarked
module dealbrain.operations {
    requires static transitive org.jspecify;
    requires transitive dealbrain.caching;
    requires transitive dealbrain.database;
    requires transitive dealbrain.http;
    requires transitive dealbrain.profiling;
    requires transitive dealbrain.views;
    requires transitive dealbrain.shares;
    requires com.samskivert.jmustache;
    requires org.slf4j;

    exports dealbrain.operations;

    opens dealbrain.operations to
            com.fasterxml.jackson.databind,
            com.samskivert.jmustache; // JSON and pages of the records
}
