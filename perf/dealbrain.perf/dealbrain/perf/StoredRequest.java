package dealbrain.perf;

import java.util.List;

/**
 * A request of {@link StoredBenchmark}.
 *
 * @param kind      a line of the chart, such as {@code listings, words}
 * @param subject   a row of the summary, such as {@code status=active}
 * @param variant   the order; may be empty
 * @param paths     sent in turn; several if a response would come from the cache the second time
 * @param following whether to request a page some pages after that of the path, by the links of the responses
 */
record StoredRequest(
        String kind, String subject, String variant, List<String> paths, boolean following, StoredGoal goal) {
    /** A request for a page without orders. */
    StoredRequest(String kind, String subject, String path, StoredGoal goal) {
        this(kind, subject, "", List.of(path), false, goal);
    }

    StoredRequest followingPage() {
        return new StoredRequest(kind, subject, variant, paths, true, goal);
    }

    /** Returns the order and the page. */
    String details() {
        return (variant + (following ? " following page" : "")).strip();
    }

    String name() {
        return (subject + " " + details()).strip();
    }
}
