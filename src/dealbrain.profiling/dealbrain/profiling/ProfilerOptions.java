package dealbrain.profiling;

import java.time.Duration;

/**
 * The settings of the profiler at its start.
 *
 * @param slowThreshold     the duration from which on a statement is slow
 * @param repeatedThreshold the number of executions from which on a statement of one request or job is repeated
 * @param failsOnRepeated   whether a repeated statement throws, for tests, instead of being logged at the end of its
 *                          request
 * @param plans             whether slow statements are explained in the mode {@code FULL}
 */
public record ProfilerOptions(
        ProfilerMode mode, Duration slowThreshold, int repeatedThreshold, boolean failsOnRepeated, boolean plans) {
    /** Slow statements above this duration are logged as errors instead of warnings. */
    public static final Duration ERROR_THRESHOLD = Duration.ofSeconds(1);

    /** Returns the defaults: slow from 500 ms on, repeated from 10 executions on, no exception, no plans. */
    public static ProfilerOptions of(ProfilerMode mode) {
        return new ProfilerOptions(mode, Duration.ofMillis(500), 10, false, false);
    }

    public ProfilerOptions withSlowThreshold(Duration threshold) {
        return new ProfilerOptions(mode, threshold, repeatedThreshold, failsOnRepeated, plans);
    }

    public ProfilerOptions withRepeatedThreshold(int threshold) {
        return new ProfilerOptions(mode, slowThreshold, threshold, failsOnRepeated, plans);
    }

    public ProfilerOptions withFailureOnRepeated() {
        return new ProfilerOptions(mode, slowThreshold, repeatedThreshold, true, plans);
    }

    public ProfilerOptions withPlans() {
        return new ProfilerOptions(mode, slowThreshold, repeatedThreshold, failsOnRepeated, true);
    }
}
