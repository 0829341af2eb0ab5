import org.jspecify.annotations.NullMarked;

/** An embedded PostgreSQL: its binaries, its processes, its data folder. */
@NullMarked
module dealbrain.postgres {
    requires static transitive org.jspecify;
    requires transitive dealbrain.database;
    requires org.slf4j;
    requires org.tukaani.xz;

    exports dealbrain.postgres;
}
