package dealbrain.standby;

import java.time.Duration;
import java.util.Optional;

/**
 * The state of the standby on this instance, for operators.
 *
 * @param outage  why pages are not loaded from the standby, without names and addresses; empty if they are
 * @param lag     how far the standby was behind at the last check, in steps of a second; empty if it was not reached
 * @param loads   pages that were loaded from the standby
 * @param reloads pages that were loaded again from the primary, because the standby did not have what is acknowledged,
 *                or did not find the page, or rejected it
 * @param failures loads that failed on the standby, and so were done by the primary
 */
public record StandbyStatus(Optional<String> outage, Optional<Duration> lag, long loads, long reloads, long failures) {
    public boolean isUsed() {
        return outage.isEmpty();
    }
}
