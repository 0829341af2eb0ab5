package dealbrain.collections;

import dealbrain.accounts.User;
import dealbrain.caching.Cache;
import dealbrain.caching.CacheResult;
import dealbrain.caching.CacheType;
import dealbrain.caching.LoadResult;
import dealbrain.caching.Loader;
import dealbrain.caching.PageSource;
import dealbrain.http.CachedBody;
import dealbrain.http.ProblemException;
import dealbrain.listings.ListingTags;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/**
 * Caches the JSON of collections for each viewer, in memory only, as most collections are private. An entry is never
 * older than an acknowledged change of the collection, of a listing in it or of a part of a listing. Thread-safe.
 */
final class CollectionCache {
    private static final CacheType<CachedBody> BODY = CacheType.inMemory(CachedBody.class, CachedBody::size)
            .withEquality(CachedBody::hasSameContent)
            .withRejection(ProblemException.class);
    private static final Duration TIME_TO_LIVE = Duration.ofHours(1);

    private final Jdbi jdbi;
    private final Cache cache;
    private final PageSource pages;

    CollectionCache(Jdbi jdbi, Cache cache, PageSource pages) {
        this.jdbi = jdbi;
        this.cache = cache;
        this.pages = pages;
    }

    /**
     * Returns a collection with one page of its items, as JSON. No statement if it is cached, otherwise one, for
     * anonymous viewers on the standby if there is one.
     *
     * @throws ProblemException as {@link CollectionService#get}
     */
    CacheResult<CachedBody> get(Optional<User> viewer, long id, CollectionQuery query) {
        String reader = viewer.map(user -> Long.toString(user.id())).orElse("anonymous");
        String key =
                "collection:" + id + ":" + reader + ":" + query.status() + ":" + query.limit() + ":" + query.offset();
        Loader<CachedBody> loader = viewer.isPresent()
                ? () -> load(jdbi, viewer, id, query)
                : pages.loader(database -> load(database, viewer, id, query));
        return cache.getOrLoad(key, BODY, loader).orElseThrow();
    }

    private static Optional<LoadResult<CachedBody>> load(
            Jdbi database, Optional<User> viewer, long id, CollectionQuery query) {
        CollectionSlice slice = CollectionService.getSlice(database, viewer, id, query);
        DealCollection collection = slice.collection();
        Set<String> tags = new HashSet<>(Set.of("collection:" + id));
        Objects.requireNonNull(collection.items()).forEach(item -> ListingTags.add(item.listing(), tags));
        return Optional.of(new LoadResult<>(CachedBody.json(collection), slice.snapshot(), tags, TIME_TO_LIVE));
    }
}
