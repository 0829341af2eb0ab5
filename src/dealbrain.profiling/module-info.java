import org.jspecify.annotations.NullMarked;

/** Profiling: which statements a piece of work runs. Watches, never decides. */
@NullMarked
module dealbrain.profiling {
    requires static transitive org.jspecify;
    requires transitive org.jdbi.v3.core; // SqlLogger, in StatementProfiler
    requires transitive java.sql;             // SQLException, in StatementProfiler

    exports dealbrain.profiling;
}
