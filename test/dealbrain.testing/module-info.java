import org.jspecify.annotations.NullMarked;

/**
 * Test support for all modules: PostgreSQL and Redis servers, injected faults, an API server, fixtures and a counter of
 * statements.
 */
@NullMarked
module dealbrain.testing {
    requires static transitive org.jspecify;
    requires transitive dealbrain.accounts; // Fixtures
    requires transitive dealbrain.caching; // ApiServer
    requires transitive dealbrain.database; // TestDatabase
    requires transitive dealbrain.http; // Problems
    requires transitive dealbrain.listings; // Fixtures
    requires transitive dealbrain.profiling; // StatementCounter
    requires dealbrain.changes;
    requires dealbrain.json;
    requires dealbrain.postgres;
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires java.net.http;
    requires transitive org.jsoup; // Document, in Browser
    requires org.slf4j;

    exports dealbrain.testing;
}
