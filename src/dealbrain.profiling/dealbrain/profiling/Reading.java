package dealbrain.profiling;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;

/** One figure of a metric at the moment at which it is read. */
public record Reading(long value, Attributes attributes) {
    /** The only figure of its metric. */
    public static Reading of(long value) {
        return new Reading(value, Attributes.empty());
    }

    /** A figure told from others of its metric by one label, of whose values there are few. */
    public static Reading of(long value, String label, String text) {
        return new Reading(value, Attributes.of(AttributeKey.stringKey(label), text));
    }
}
