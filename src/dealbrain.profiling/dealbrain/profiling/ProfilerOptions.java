package dealbrain.profiling;

import java.time.Duration;
import java.util.Set;

/**
 * What the profiler begins with.
 *
 * @param slow     a statement that takes as long, or longer, is slow
 * @param repeated so many executions of one statement in one piece of work are a pattern
 * @param raises   whether a repeated statement makes its work fail, for tests, instead of being logged at its end
 * @param plans    whether the plans of slow statements are asked for, in the mode {@code FULL}
 * @param paged    what repeats itself on purpose, such as page by page: a DAO method, as in {@code ChangeDao.isAnyBehind}, or one in
 *                 some work only, as in {@code sweep TokenDao.deleteExpired}
 */
public record ProfilerOptions(
        ProfilerMode mode, Duration slow, int repeated, boolean raises, boolean plans, Set<String> paged) {
    /** From this time on a slow statement is an error. */
    public static final Duration ERROR = Duration.ofSeconds(1);

    public ProfilerOptions {
        paged = Set.copyOf(paged);
    }

    /** The design's thresholds: half a second, ten executions. */
    public static ProfilerOptions of(ProfilerMode mode) {
        return new ProfilerOptions(mode, Duration.ofMillis(500), 10, false, false, Set.of());
    }

    public ProfilerOptions slow(Duration threshold) {
        return new ProfilerOptions(mode, threshold, repeated, raises, plans, paged);
    }

    public ProfilerOptions repeated(int threshold) {
        return new ProfilerOptions(mode, slow, threshold, raises, plans, paged);
    }

    public ProfilerOptions raising() {
        return new ProfilerOptions(mode, slow, repeated, true, plans, paged);
    }

    public ProfilerOptions withPlans() {
        return new ProfilerOptions(mode, slow, repeated, raises, true, paged);
    }

    public ProfilerOptions paged(Set<String> daoMethods) {
        return new ProfilerOptions(mode, slow, repeated, raises, plans, daoMethods);
    }
}
