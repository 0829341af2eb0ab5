package dealbrain.shares;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dealbrain.collections.ViewTotal;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The latest known counts of views, for pages that are kept and show them: what this program has written, and what others say
 * that they have. They never go down. Bounded; safe for use by many threads.
 */
public final class ViewTotals {
    private static final int MOST = 100_000;
    private static final Duration KEPT = Duration.ofHours(25); // longer than a page

    private record Viewed(ViewCounter.Kind kind, long id) {}

    private final Cache<Viewed, Long> totals =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEPT).build();
    private final Consumer<String> announcement;

    /** @param announcement tells the other programs what to {@link #hear}; must not block */
    public ViewTotals(Consumer<String> announcement) {
        this.announcement = announcement;
    }

    /** The count of a thing, which was as high already when it was read. */
    long atLeast(long read, ViewCounter.Kind kind, long id) {
        Long known = totals.getIfPresent(new Viewed(kind, id));
        return known == null ? read : Math.max(known, read);
    }

    void written(ViewCounter.Kind kind, List<ViewTotal> sums) {
        sums.forEach(sum -> raise(kind, sum.id(), sum.viewCount()));
        announcement.accept(kind.name()
                + sums.stream()
                        .map(sum -> " " + sum.id() + "=" + sum.viewCount())
                        .collect(Collectors.joining()));
    }

    private void raise(ViewCounter.Kind kind, long id, long count) {
        totals.asMap().merge(new Viewed(kind, id), count, Math::max);
    }

    /** Takes what another program has announced. */
    public void hear(String announced) {
        String[] words = announced.split(" ", -1);
        ViewCounter.Kind kind = ViewCounter.Kind.valueOf(words[0]);
        for (int i = 1; i < words.length; i++) {
            String[] pair = words[i].split("=", 2);
            raise(kind, Long.parseLong(pair[0]), Long.parseLong(pair[1]));
        }
    }
}
