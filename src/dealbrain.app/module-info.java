import org.jspecify.annotations.NullMarked;

/** The composition root: configuration, creation of all objects, start and stop. No module requires it. */
@NullMarked
module dealbrain.app {
    requires static transitive org.jspecify;
    requires dealbrain.accounts;
    requires dealbrain.background;
    requires dealbrain.backup;
    requires dealbrain.caching;
    requires dealbrain.catalog;
    requires dealbrain.changes;
    requires dealbrain.collections;
    requires dealbrain.database;
    requires dealbrain.http;
    requires dealbrain.inbox;
    requires dealbrain.json;
    requires dealbrain.listings;
    requires dealbrain.notifications;
    requires dealbrain.operations;
    requires dealbrain.postgres;
    requires dealbrain.profiling;
    requires dealbrain.recognition;
    requires dealbrain.shares;
    requires dealbrain.standby;
    requires dealbrain.transfer;
    requires dealbrain.views;
    requires dealbrain.web;
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires io.opentelemetry.api; // Tracer, in Infrastructure
    requires java.logging;
    requires jul.to.slf4j;
    requires org.slf4j;

    provides ch.qos.logback.classic.spi.Configurator with
            dealbrain.app.LogConfigurator;
}
