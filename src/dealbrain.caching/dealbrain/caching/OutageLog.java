package dealbrain.caching;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Logs the beginning and the end of an outage of Redis, one warning each. An outage that begins within a minute of the
 * last one ends when Redis was available for a minute, so that a Redis that fails again and again does not fill the
 * log. Thread-safe.
 */
final class OutageLog {
    private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

    private final Logger log;
    private final RedisUrl url;
    private final LongSupplier nanoTime;
    private boolean reported;
    private boolean followsAnother;
    private @Nullable Long availableSince;
    private @Nullable Long lastEnd;

    OutageLog(Logger log, RedisUrl url, LongSupplier nanoTime) {
        this.log = log;
        this.url = url;
        this.nanoTime = nanoTime;
    }

    /** Logs {@code message} unless an outage has been logged that has not ended. */
    synchronized void begin(String message, String reason) {
        availableSince = null;
        if (!reported) {
            reported = true;
            followsAnother = lastEnd != null && nanoTime.getAsLong() - lastEnd < QUIET_NANOS;
            log.atWarn().addKeyValue("redis", url).addKeyValue("reason", reason).log(message);
        }
    }

    /** Records that all of Redis is available, and logs the end of an outage; called repeatedly. */
    synchronized void available() {
        long now = nanoTime.getAsLong();
        if (availableSince == null) {
            availableSince = now;
        }
        if (reported && (!followsAnother || now - availableSince >= QUIET_NANOS)) {
            reported = false;
            lastEnd = now;
            log.atWarn().addKeyValue("redis", url).log("Redis available again");
        }
    }
}
