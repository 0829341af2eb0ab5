package dealbrain.operations;

import dealbrain.shares.Shares;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fills the cache with what is viewed most, beside everything else. */
public final class Warmth {
    private static final Logger LOG = LoggerFactory.getLogger(Warmth.class);

    private Warmth() {}

    public static void begin(Shares shares, int top) {
        Thread.ofVirtual().name("warm-cache").start(() -> {
            try {
                LOG.atInfo().addKeyValue("shares", shares.warm(top)).log("the cache is warm");
            } catch (RuntimeException e) { // readers will load what they need
                LOG.atWarn().setCause(e).log("the cache could not be warmed");
            }
        });
    }
}
