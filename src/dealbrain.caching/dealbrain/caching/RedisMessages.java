package dealbrain.caching;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages that instances send each other over a channel of Redis: {@code SENDER TOPIC TEXT}. Other clients of
 * Redis may send anything there: what is malformed is ignored, with one warning per minute at most. Thread-safe.
 */
final class RedisMessages {
    private static final Logger LOG = LoggerFactory.getLogger(RedisMessages.class);
    private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

    private final String sender;
    private final LongSupplier nanoTime;
    private final Map<String, Consumer<String>> subscribers = new ConcurrentHashMap<>();
    private @Nullable Long lastWarning;

    /** @param sender identifies this instance, without blanks; its own messages are not delivered to it */
    RedisMessages(String sender, LongSupplier nanoTime) {
        this.sender = sender;
        this.nanoTime = nanoTime;
    }

    String format(String topic, String text) {
        return sender + " " + topic + " " + text;
    }

    /**
     * Calls {@code subscriber} with the text of each message of another instance. It must not block, and may throw any
     * exception for a malformed text.
     */
    void subscribe(String topic, Consumer<String> subscriber) {
        subscribers.put(topic, subscriber);
    }

    /** Delivers a message. Never throws. */
    void deliver(String message) {
        if (message.equals(sender)) { // a probe
            return;
        }
        String[] parts = message.split(" ", 3);
        if (parts.length < 3) {
            boolean isProbe = message.matches("[0-9a-f-]{36}"); // of another instance
            if (!isProbe) {
                warn(message, "it has no topic");
            }
            return;
        }
        Consumer<String> subscriber = parts[0].equals(sender) ? null : subscribers.get(parts[1]);
        if (subscriber == null) {
            return; // of this instance, or a topic of another version
        }
        try {
            subscriber.accept(parts[2]);
        } catch (RuntimeException e) { // not logged: its message contains a part of the text
            warn(message, e.getClass().getSimpleName());
        }
    }

    private synchronized void warn(String message, String reason) {
        long now = nanoTime.getAsLong();
        if (lastWarning == null || now - lastWarning >= QUIET_NANOS) {
            lastWarning = now;
            LOG.atWarn()
                    .addKeyValue("reason", reason)
                    .addKeyValue("length", message.length())
                    .log("malformed messages on the channel of Redis are ignored: does another program use it?");
        }
    }
}
