package dealbrain.views;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The latest known totals of views, for responses from the cache: totals that this instance has written, and totals
 * that other instances have published. Totals never decrease. Bounded. Thread-safe.
 */
final class ViewTotals {
    private static final int MAX_ENTRIES = 100_000;
    private static final Duration TIME_TO_LIVE = Duration.ofHours(25); // longer than a cache entry

    private record ViewKey(String kind, long id) {}

    private final Cache<ViewKey, Long> totals = Caffeine.newBuilder()
            .maximumSize(MAX_ENTRIES)
            .expireAfterWrite(TIME_TO_LIVE)
            .build();
    private final Consumer<String> publisher;

    /** @param publisher publishes a text to the other instances, which pass it to {@link #receive}; must not block */
    ViewTotals(Consumer<String> publisher) {
        this.publisher = publisher;
    }

    /** Returns the known total of a thing, or {@code read}, which was read from the database, if that is greater. */
    long atLeast(long read, String kind, long id) {
        Long total = totals.getIfPresent(new ViewKey(kind, id));
        return total == null ? read : Math.max(total, read);
    }

    /** Stores totals and publishes them as {@code KIND id=total id=total …}. */
    void publish(String kind, List<ViewTotal> written) {
        written.forEach(total -> raise(kind, total.id(), total.viewCount()));
        publisher.accept(kind
                + written.stream()
                        .map(total -> " " + total.id() + "=" + total.viewCount())
                        .collect(Collectors.joining()));
    }

    private void raise(String kind, long id, long total) {
        totals.asMap().merge(new ViewKey(kind, id), total, Math::max);
    }

    /** Stores the totals in a message that {@link #publish} of another instance has sent. */
    void receive(String message) {
        String[] words = message.split(" ", -1);
        for (int i = 1; i < words.length; i++) {
            String[] pair = words[i].split("=", 2);
            raise(words[0], Long.parseLong(pair[0]), Long.parseLong(pair[1]));
        }
    }
}
