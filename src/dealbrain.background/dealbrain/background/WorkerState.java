package dealbrain.background;

import java.time.Instant;
import java.util.Optional;

/**
 * The state of a background thread.
 *
 * @param isAlive false after the thread has ended, for which reason ever: it does no more work
 * @param lastSuccess the end of the last turn that threw nothing; empty before the first one
 * @param failingSince the first failure since the last success
 * @param failure class and message of the last failure; only present while the worker is failing. It may contain values
 *     of the database: only for operators
 */
public record WorkerState(
        String name,
        boolean isAlive,
        Optional<Instant> lastSuccess,
        Optional<Instant> failingSince,
        Optional<String> failure) {

    /** Returns whether the thread is alive and its last turn did not fail. */
    public boolean isHealthy() {
        return isAlive && failingSince.isEmpty();
    }
}
