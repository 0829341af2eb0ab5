package dealbrain.operations;

import dealbrain.caching.Cache;
import dealbrain.caching.CacheStats;
import dealbrain.views.Views;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** What the operator sees of the cache of shared pages and of the counter of views. */
public final class CacheSection implements Supplier<Section> {
    /** Of fewer reads a rate says nothing. */
    private static final long ENOUGH = 100;

    private final Cache cache;
    private final Views views;

    public CacheSection(Cache cache, Views views) {
        this.cache = cache;
        this.views = views;
    }

    @Override
    public Section get() {
        CacheStats figures = cache.stats();
        return new Section(
                "Shared pages",
                List.of(
                        new Section.Figure("Hit rate", percent(figures.hitRate()), "of all reads since the start"),
                        new Section.Figure(
                                "From memory",
                                count(figures.memoryHits()),
                                count(figures.entries()) + " entries, " + figures.bytes() / 1_000_000 + " MB"),
                        new Section.Figure(
                                "From Redis",
                                count(figures.redisHits()),
                                "breaker " + figures.redis().replace('_', ' ')),
                        new Section.Figure(
                                "Loaded",
                                count(figures.loads()),
                                count(figures.outdated()) + " found outdated by a change"),
                        new Section.Figure("Pushed out", count(figures.evictions()), "of memory, by others"),
                        new Section.Figure(
                                "Redis in trouble",
                                count(figures.errors()),
                                count(figures.timeouts()) + " took too long, " + figures.unreadable() + " unreadable"),
                        new Section.Figure(
                                "Views written", count(views.written()), views.pending() + " things wait to be")),
                List.of(redis(figures), trust(figures), rate(figures)));
    }

    private static Check redis(CacheStats figures) {
        return switch (figures.redis()) {
            case "none" -> new Check("Redis", Check.State.OK, "not used; pages are kept in memory alone");
            case "closed" -> new Check("Redis", Check.State.OK, "answers");
            default -> new Check("Redis", Check.State.WARN, "does not answer well; going on without it");
        };
    }

    private static Check trust(CacheStats figures) {
        return figures.trusted()
                ? new Check("Changes", Check.State.OK, "are heard of")
                : new Check("Changes", Check.State.WARN, "cannot be heard of; nothing kept is used until they can");
    }

    private static Check rate(CacheStats figures) {
        boolean low = figures.memoryHits() + figures.redisHits() + figures.loads() >= ENOUGH && figures.hitRate() < 0.5;
        return new Check("Hit rate", low ? Check.State.WARN : Check.State.OK, percent(figures.hitRate()));
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * part);
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
