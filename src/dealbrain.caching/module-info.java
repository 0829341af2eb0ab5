import org.jspecify.annotations.NullMarked;

/** Caching: answers kept in memory and in Redis, found out when they are older than an acknowledged change. */
@NullMarked
module dealbrain.caching {
    requires static transitive org.jspecify;
    requires transitive dealbrain.changes; // Stamp, ChangeLog
    requires com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.dataformat.cbor;
    requires com.github.benmanes.caffeine;
    requires io.netty.common; // Future, in the resources of Lettuce
    requires io.netty.resolver.dns; // Lettuce's, an automatic module that cannot ask for it
    requires lettuce.core;
    requires org.slf4j;

    exports dealbrain.caching;

    opens dealbrain.caching to
            com.fasterxml.jackson.databind; // Envelope.Content
}
