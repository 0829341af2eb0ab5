package dealbrain.profiling;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;

/** One value of a metric, with the attributes that distinguish it from the metric's other values. */
public record Measurement(long value, Attributes attributes) {
    /** Returns a measurement without attributes, for a metric with one value. */
    public static Measurement of(long value) {
        return new Measurement(value, Attributes.empty());
    }

    /**
     * Returns a measurement with one attribute. Each attribute value is a time series of its own, so there must be few.
     */
    public static Measurement of(long value, String key, String attributeValue) {
        return new Measurement(value, Attributes.of(AttributeKey.stringKey(key), attributeValue));
    }
}
