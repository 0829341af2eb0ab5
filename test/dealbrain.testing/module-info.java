import org.jspecify.annotations.NullMarked;

/** What the tests of all modules share: a database, a Redis with faults, an API server with a client, fixtures, a count of statements. */
@NullMarked
module dealbrain.testing {
    requires static transitive org.jspecify;
    requires transitive dealbrain.accounts;
    requires transitive dealbrain.caching;
    requires transitive dealbrain.database;
    requires transitive dealbrain.listings;
    requires transitive dealbrain.postgres;
    requires transitive dealbrain.profiling;
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires dealbrain.changes;
    requires java.net.http;
    requires org.slf4j;

    exports dealbrain.testing;
}
