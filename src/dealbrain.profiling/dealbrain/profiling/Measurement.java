package dealbrain.profiling;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;

/** One value of a metric, with the attributes that distinguish it from the metric's other values. */
public record Measurement(long value, Attributes attributes) {
    /** Returns the only value of its metric. */
    public static Measurement of(long value) {
        return new Measurement(value, Attributes.empty());
    }

    /** Returns a value with one attribute, which must have few different values. */
    public static Measurement of(long value, String key, String attribute) {
        return new Measurement(value, Attributes.of(AttributeKey.stringKey(key), attribute));
    }
}
