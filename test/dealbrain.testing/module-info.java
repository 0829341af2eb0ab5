import org.jspecify.annotations.NullMarked;

/** What the tests of all modules share: a database, a Redis and ways to harm it, fixtures, a count of statements. */
@NullMarked
module dealbrain.testing {
    requires static transitive org.jspecify;
    requires transitive dealbrain.accounts;
    requires transitive dealbrain.collections;
    requires transitive dealbrain.database;
    requires transitive dealbrain.listings;
    requires dealbrain.postgres;
    requires transitive dealbrain.profiling;
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires org.slf4j;

    exports dealbrain.testing;
}
