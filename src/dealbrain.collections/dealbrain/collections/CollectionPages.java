package dealbrain.collections;

import dealbrain.accounts.User;
import dealbrain.caching.Cache;
import dealbrain.caching.CacheType;
import dealbrain.caching.Cached;
import dealbrain.caching.Loaded;
import dealbrain.http.CachedBody;
import dealbrain.http.ProblemException;
import dealbrain.listings.ListingTags;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Collections as they are answered, finished, for each who reads them; in memory alone, as most are private. Nothing is older than
 * a change of the collection, of a listing in it or of a part of one, that was acknowledged before the call. Safe for use by
 * many threads.
 */
public final class CollectionPages {
    private static final CacheType<CachedBody> PAGE = CacheType.inMemory(CachedBody.class, CachedBody::size);
    private static final Duration KEPT = Duration.ofHours(1);

    private final Cache cache;
    private final CollectionService collections;

    public CollectionPages(Cache cache, CollectionService collections) {
        this.cache = cache;
        this.collections = collections;
    }

    /**
     * A collection with one page of its items, as JSON. No statement for what is kept, else one.
     *
     * @throws ProblemException as {@link CollectionService#get}
     */
    Cached<CachedBody> get(long id, Optional<User> viewer, CollectionQuery query) {
        String reader = viewer.map(user -> Long.toString(user.id())).orElse("anybody");
        String key =
                "collection:" + id + ":" + reader + ":" + query.status() + ":" + query.limit() + ":" + query.offset();
        return cache.getOrLoad(key, PAGE, () -> Optional.of(load(id, viewer, query)))
                .orElseThrow();
    }

    private Loaded<CachedBody> load(long id, Optional<User> viewer, CollectionQuery query) {
        CollectionService.Read read = collections.read(id, viewer, query);
        Set<String> tags = new HashSet<>(Set.of("collection:" + id));
        Objects.requireNonNull(read.collection().items()).forEach(item -> ListingTags.add(item.listing(), tags));
        return new Loaded<>(CachedBody.json(read.collection()), read.snapshot(), tags, KEPT);
    }
}
