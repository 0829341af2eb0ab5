package dealbrain.testing;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a {@link Forwarder} does to its connections, as it is now. Threads share it. */
final class Faults {
    private boolean requestsHeld;
    private boolean answersHeld;
    private volatile Duration delay = Duration.ZERO;
    private volatile byte @Nullable [] answer;

    synchronized void hold(boolean requests, boolean answers) {
        requestsHeld = requests;
        answersHeld = answers;
        notifyAll();
    }

    /** Returns when requests may pass. */
    synchronized void awaitRequests() throws InterruptedException {
        while (requestsHeld) {
            wait();
        }
    }

    /** Returns when answers may pass. */
    synchronized void awaitAnswers() throws InterruptedException {
        while (answersHeld) {
            wait();
        }
    }

    void delay(Duration each) {
        delay = each;
    }

    Duration delay() {
        return delay;
    }

    void answer(byte @Nullable [] bytes) {
        answer = bytes;
    }

    /** What each request gets instead of the server's answer, null when it is forwarded. */
    byte @Nullable [] answer() {
        return answer;
    }
}
