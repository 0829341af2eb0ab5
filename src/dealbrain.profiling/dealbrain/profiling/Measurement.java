package dealbrain.profiling;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;

/** One value of a metric, with the attributes that distinguish it from the metric's other values. */
public record Measurement(long value, Attributes attributes) {
    /** Returns the value of a metric that has only one. */
    public static Measurement of(long value) {
        return new Measurement(value, Attributes.empty());
    }

    /** Returns a value with one attribute, which must have few different texts. */
    public static Measurement of(long value, String attribute, String text) {
        return new Measurement(value, Attributes.of(AttributeKey.stringKey(attribute), text));
    }
}
