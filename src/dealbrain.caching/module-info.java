import org.jspecify.annotations.NullMarked;

/** A two-level cache, in memory and in Redis, whose entries are validated against the change log at each use. */
@NullMarked
module dealbrain.caching {
    requires static transitive org.jspecify;
    requires transitive dealbrain.background; // WorkerState, in Cache
    requires transitive dealbrain.changes; // ChangeLog, in Cache
    requires transitive dealbrain.standby; // Standby, in PageSource
    requires dealbrain.waterfall; // the steps of a request
    requires com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.dataformat.cbor;
    requires com.github.benmanes.caffeine;
    requires io.netty.common; // Future, in the resources of Lettuce
    requires io.netty.handler; // FlushConsolidationHandler
    requires io.netty.resolver.dns; // needed by Lettuce, an automatic module that cannot require it
    requires io.netty.transport; // Channel
    requires lettuce.core;
    requires org.slf4j;

    exports dealbrain.caching;

    opens dealbrain.caching to
            com.fasterxml.jackson.databind; // Envelope.Content
}
