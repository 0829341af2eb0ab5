import org.jspecify.annotations.NullMarked;

/** The program: configuration, wiring, start and stop. Nothing requires it. */
@NullMarked
module dealbrain.app {
    requires static transitive org.jspecify;
    requires dealbrain.accounts;
    requires dealbrain.caching;
    requires dealbrain.changes;
    requires dealbrain.collections;
    requires dealbrain.database;
    requires dealbrain.http;
    requires dealbrain.listings;
    requires dealbrain.notifications;
    requires dealbrain.operations;
    requires dealbrain.profiling;
    requires dealbrain.shares;
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires java.logging;
    requires jul.to.slf4j;
    requires org.slf4j;

    provides ch.qos.logback.classic.spi.Configurator with
            dealbrain.app.LogConfigurator;

    opens dealbrain.app to
            com.fasterxml.jackson.databind; // Health
}
