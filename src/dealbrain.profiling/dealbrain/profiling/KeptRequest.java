package dealbrain.profiling;

import dealbrain.waterfall.Step;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * A request whose steps are kept.
 *
 * @param route      method and path template
 * @param at         when it ended
 * @param status     0 if the response was not sent completely
 * @param statements the number of its statements
 * @param steps      in the order of their starts
 * @param omitted    the number of further steps, which are not kept
 */
public record KeptRequest(
        String requestId,
        String route,
        Instant at,
        long nanos,
        int status,
        Reason reason,
        int statements,
        List<Step> steps,
        int omitted) {
    /** Why a request is kept. */
    public enum Reason {
        /** It failed with an internal error, or because a service was unavailable. */
        FAILED,
        /** It is one of the slowest of its route. */
        SLOW,
        /** It is one of a hundred. */
        SAMPLE;

        /** Returns the name in JSON and on pages. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The approximate sizes of the parts in memory, with the collections that refer to them. */
    private static final int FIXED_BYTES = 600;

    private static final int STEP_BYTES = 68;

    public KeptRequest {
        steps = List.copyOf(steps);
    }

    /** Returns the approximate size in memory. Statements are shared, and not included. */
    int bytes() {
        return FIXED_BYTES + requestId.length() + STEP_BYTES * steps.size();
    }

    public double millis() {
        return nanos / 1e6;
    }
}
