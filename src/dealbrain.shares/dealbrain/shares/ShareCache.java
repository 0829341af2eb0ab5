package dealbrain.shares;

import dealbrain.caching.Cache;
import dealbrain.caching.CacheResult;
import dealbrain.caching.CacheType;
import dealbrain.caching.LoadResult;
import dealbrain.collections.PublicCollection;
import dealbrain.collections.PublicCollectionQuery;
import dealbrain.collections.PublicItem;
import dealbrain.http.ProblemException;
import dealbrain.http.Response;
import dealbrain.json.Json;
import dealbrain.listings.ListingTags;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Caches the targets of links, as JSON and as HTML. A lookup takes no statement if the target is cached, otherwise
 * one. A result is never older than a change that was acknowledged before the call. Thread-safe.
 */
final class ShareCache {
    static final CacheType<ShareBody> LISTING_JSON = type(PublicShare.class, "json");
    private static final CacheType<ShareBody> LISTING_HTML = type(PublicShare.class, HtmlTemplates.FINGERPRINT);
    private static final CacheType<ShareBody> COLLECTION_JSON = type(PublicCollection.class, "json");
    private static final CacheType<ShareBody> COLLECTION_HTML = type(PublicCollection.class, HtmlTemplates.FINGERPRINT);

    private final Cache cache;
    private final ShareSpans spans;
    private final ListingShareService listingShares;
    private final CollectionShareService collectionShares;
    private final String publicUrl;

    /** @param publicUrl the start of the addresses of links, without a slash at its end */
    ShareCache(
            Cache cache,
            ShareSpans spans,
            ListingShareService listingShares,
            CollectionShareService collectionShares,
            String publicUrl) {
        this.cache = cache;
        this.spans = spans;
        this.listingShares = listingShares;
        this.collectionShares = collectionShares;
        this.publicUrl = publicUrl;
    }

    private static CacheType<ShareBody> type(Class<?> source, String rules) {
        return CacheType.of(ShareBody.class, source, rules)
                .withSize(ShareBody::size)
                .withEquality(ShareBody::hasSameContent)
                .withRejection(ProblemException.class);
    }

    /**
     * Returns a shared listing as JSON.
     *
     * @throws ProblemException share not found, if the link is unknown, revoked or leads to another listing; share
     *                          expired
     */
    CacheResult<ShareBody> listingJson(long listingId, String token) {
        return get(
                token,
                "share:listing:" + listingId + ":" + token,
                LISTING_JSON,
                () -> loadListing(listingId, token, Response.JSON, Json::bytes));
    }

    /**
     * Returns a shared listing as HTML.
     *
     * @throws ProblemException as {@link #listingJson}
     */
    CacheResult<ShareBody> listingHtml(long listingId, String token) {
        String url = publicUrl + "/deals/" + listingId + "/" + token;
        return get(
                token,
                "share:listing:" + listingId + ":" + token + ":page",
                LISTING_HTML,
                () -> loadListing(listingId, token, Response.HTML, share -> utf8(DealHtml.of(share, url))));
    }

    private Optional<LoadResult<ShareBody>> loadListing(
            long listingId, String token, String mediaType, Function<PublicShare, byte[]> renderer) {
        return listingShares.open(listingId, token).map(target -> {
            PublicShare share = target.share();
            Set<String> tags = new HashSet<>(Set.of("listing_share:" + share.shareId(), "user:" + target.creatorId()));
            ListingTags.add(share.listing(), tags);
            ShareBody body =
                    ShareBody.of(share.shareId(), share.shareId(), share.viewCount(), mediaType, renderer.apply(share));
            return target.validity().loaded(body, tags);
        });
    }

    /**
     * Returns a shared collection as JSON.
     *
     * @throws ProblemException share not found, if the link is unknown or revoked, or if the collection was made
     *                          private; share expired
     */
    CacheResult<ShareBody> collectionJson(String token, PublicCollectionQuery query) {
        return get(
                token,
                key(token, query),
                COLLECTION_JSON,
                () -> loadCollection(token, query, Response.JSON, Json::bytes));
    }

    /**
     * Returns a shared collection as HTML.
     *
     * @throws ProblemException as {@link #collectionJson}
     */
    CacheResult<ShareBody> collectionHtml(String token, PublicCollectionQuery query) {
        String url = publicUrl + "/c/" + token;
        return get(
                token,
                key(token, query) + ":page",
                COLLECTION_HTML,
                () -> loadCollection(
                        token, query, Response.HTML, collection -> utf8(CollectionHtml.of(collection, query, url))));
    }

    private static String key(String token, PublicCollectionQuery query) {
        return "share:collection:" + token + ":" + query.limit() + ":" + query.offset();
    }

    private Optional<LoadResult<ShareBody>> loadCollection(
            String token, PublicCollectionQuery query, String mediaType, Function<PublicCollection, byte[]> renderer) {
        return collectionShares.open(token, query).map(target -> {
            PublicCollection collection = target.collection();
            Set<String> tags = new HashSet<>(Set.of(
                    "collection_share:" + target.shareId(),
                    "collection:" + collection.id(),
                    "user:" + target.ownerId()));
            Objects.requireNonNull(collection.items()).stream()
                    .map(PublicItem::listing)
                    .forEach(listing -> ListingTags.add(listing, tags));
            ShareBody body = ShareBody.of(
                    target.shareId(), collection.id(), collection.viewCount(), mediaType, renderer.apply(collection));
            return target.validity().loaded(body, tags);
        });
    }

    /** A malformed token is looked up neither in the cache nor in the database. */
    private CacheResult<ShareBody> get(
            String token, String key, CacheType<ShareBody> type, Supplier<Optional<LoadResult<ShareBody>>> loader) {
        if (!ShareToken.isWellFormed(token)) {
            throw ShareProblems.notFound();
        }
        return spans.get(() -> cache.getOrLoad(key, type, loader)).orElseThrow(ShareProblems::notFound);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Loads the {@code top} most viewed links to listings into the cache, as JSON and as HTML. Returns how many were
     * loaded or cached already. One statement, and two for each link that is not cached.
     */
    int warm(int top) {
        List<ListingShareDao.Link> links = listingShares.mostViewed(top);
        int warmed = 0;
        for (ListingShareDao.Link link : links) {
            try {
                listingJson(link.listingId(), link.shareToken());
                listingHtml(link.listingId(), link.shareToken());
                warmed++;
            } catch (ProblemException _) { // revoked or expired since the list was read: nothing to cache
            }
        }
        return warmed;
    }
}
