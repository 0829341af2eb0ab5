package dealbrain.profiling;

import io.opentelemetry.api.common.Attributes;

/** One value of a metric, with the attributes that distinguish it from the metric's other values. */
public record Measurement(long value, Attributes attributes) {}
