import org.jspecify.annotations.NullMarked;

/** Background threads that continue after any failure, and their state for health checks. */
@NullMarked
module dealbrain.background {
    requires static transitive org.jspecify;
    requires org.slf4j;

    exports dealbrain.background;
}
