package dealbrain.caching;

import java.util.Locale;

/** A value, and where it was found. */
public record Cached<T>(T value, Layer layer) {
    /** Where a value was found. */
    public enum Layer {
        MEMORY,
        REDIS,
        /** It was loaded now. */
        NONE;

        public boolean isHit() {
            return this != NONE;
        }

        /** The value of the header {@code Cache-Status} (RFC 9211, section 2). */
        public String status() {
            return isHit()
                    ? "dealbrain; hit; detail=" + name().toLowerCase(Locale.ROOT)
                    : "dealbrain; fwd=miss; stored";
        }
    }
}
