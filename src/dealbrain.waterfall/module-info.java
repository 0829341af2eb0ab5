import org.jspecify.annotations.NullMarked;

/** What one request spends its time on: its statements and its waits, in order. */
@NullMarked
module dealbrain.waterfall {
    requires static transitive org.jspecify;

    exports dealbrain.waterfall;

    opens dealbrain.waterfall to
            com.fasterxml.jackson.databind; // JSON of the steps
}
