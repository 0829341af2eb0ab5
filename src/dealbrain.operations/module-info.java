import org.jspecify.annotations.NullMarked;

/** Operations: what the operator sees of the running program, as a page, as JSON and as metrics. */
@NullMarked
module dealbrain.operations {
    requires static transitive org.jspecify;
    requires transitive dealbrain.http; // Router, in the handlers
    requires transitive dealbrain.profiling; // Profiling, in the handlers
    requires com.samskivert.jmustache;
    requires org.slf4j;

    exports dealbrain.operations;

    opens dealbrain.operations to
            com.fasterxml.jackson.databind,
            com.samskivert.jmustache; // JSON and pages of the records
}
