import org.jspecify.annotations.NullMarked;

/** An embedded PostgreSQL server: its binaries, its processes and its data folder. */
@NullMarked
module dealbrain.postgres {
    requires static transitive org.jspecify;
    requires transitive dealbrain.background; // WorkerState, in PostgresSupervisor
    requires org.slf4j;
    requires org.tukaani.xz;

    exports dealbrain.postgres;
}
