package dealbrain.caching;

/** A value, and where it was found. */
public record Cached<T>(T value, Layer layer) {
    /** Where a value was found. */
    public enum Layer {
        MEMORY, REDIS,
        /** It was loaded now. */
        NONE;

        public boolean isHit() {
            return this != NONE;
        }
    }
}
