package dealbrain.testing;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The faults that a {@link RedisProxy} currently injects into all its connections. Thread-safe. */
final class ProxyFaults {
    private boolean requestsHeld;
    private boolean repliesHeld;
    private volatile Duration delay = Duration.ZERO;
    private volatile byte @Nullable [] reply;

    synchronized void hold(boolean requests, boolean replies) {
        requestsHeld = requests;
        repliesHeld = replies;
        notifyAll();
    }

    /** Waits until requests may be forwarded. */
    synchronized void awaitRequests() throws InterruptedException {
        while (requestsHeld) {
            wait();
        }
    }

    /** Waits until replies may be forwarded. */
    synchronized void awaitReplies() throws InterruptedException {
        while (repliesHeld) {
            wait();
        }
    }

    void setDelay(Duration delay) {
        this.delay = delay;
    }

    Duration delay() {
        return delay;
    }

    /** Sets the reply to each command; null forwards commands to the server. */
    void setReply(byte @Nullable [] reply) {
        this.reply = reply;
    }

    byte @Nullable [] reply() {
        return reply;
    }
}
