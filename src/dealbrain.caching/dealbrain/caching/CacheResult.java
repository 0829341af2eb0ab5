package dealbrain.caching;

/** A value, and the layer that it came from. */
public record CacheResult<T>(T value, Layer layer) {
    /** The origin of a value. */
    public enum Layer {
        MEMORY("memory"),
        REDIS("redis"),
        /** The value was loaded by this read. */
        NONE("none");

        private final String label;

        Layer(String label) {
            this.label = label;
        }

        public boolean isHit() {
            return this != NONE;
        }

        /** Returns the name in lower case. */
        public String label() {
            return label;
        }
    }
}
