package dealbrain.valuation;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A property of a listing that counts for its score, if the scoring profile has a weight and a reference for it. */
public enum Measure {
    CPU_MARK_MULTI,
    CPU_MARK_SINGLE,
    /** Of the graphics card, or of the processor's graphics if there is no card. */
    GPU_MARK,
    PERF_PER_WATT,
    RAM_GB,
    /** Of both drives. */
    STORAGE_GB,
    /** The price divided by {@code cpu_mark_multi}: less is better. */
    PRICE_PER_MARK,
    /** The number of sockets. */
    PORTS;

    /** Returns the name in the weights and references of a scoring profile. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Measure> of(String key) {
        return Stream.of(values()).filter(each -> each.key().equals(key)).findFirst();
    }

    boolean isLessBetter() {
        return this == PRICE_PER_MARK;
    }
}
