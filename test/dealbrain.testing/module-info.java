import org.jspecify.annotations.NullMarked;

/** Test support for all modules: PostgreSQL and Redis servers, injected faults, fixtures, counted statements. */
@NullMarked
module dealbrain.testing {
    requires static transitive org.jspecify;
    requires transitive dealbrain.accounts; // Fixtures, with the two below
    requires transitive dealbrain.collections;
    requires transitive dealbrain.listings;
    requires transitive dealbrain.database; // TestDatabase
    requires transitive dealbrain.http; // Problems
    requires transitive dealbrain.profiling; // StatementCounter
    requires dealbrain.json;
    requires dealbrain.postgres;
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires org.slf4j;

    exports dealbrain.testing;
}
