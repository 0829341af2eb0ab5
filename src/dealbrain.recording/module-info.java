import org.jspecify.annotations.NullMarked;

/** Recordings by Java Flight Recorder, in which each sample of processor time belongs to a route. */
@NullMarked
module dealbrain.recording {
    requires static transitive org.jspecify;
    requires java.management; // StackDepth, with the diagnostic commands of jdk.management
    requires jdk.jfr;
    requires org.slf4j;

    exports dealbrain.recording;
}
