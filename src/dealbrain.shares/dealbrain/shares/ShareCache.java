package dealbrain.shares;

import dealbrain.caching.Cache;
import dealbrain.caching.CacheResult;
import dealbrain.caching.CacheType;
import dealbrain.caching.LoadResult;
import dealbrain.caching.PageLoader;
import dealbrain.caching.PageSource;
import dealbrain.collections.PublicCollection;
import dealbrain.collections.PublicCollectionQuery;
import dealbrain.collections.PublicItem;
import dealbrain.http.ProblemException;
import dealbrain.http.PublicUrl;
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
import org.jdbi.v3.core.Jdbi;

/**
 * Caches the targets of links, as JSON and as HTML. A lookup takes no statement if the target is cached, otherwise
 * one. A result is never older than a change that was acknowledged before the call. Thread-safe.
 */
final class ShareCache {
    /** Changes with the content of the JSON, so that no entry of an earlier version is used. */
    private static final String JSON_RULES = "json without what only the owner of a listing sees";

    static final CacheType<ShareBody> LISTING_JSON = type(PublicShare.class, JSON_RULES);
    private static final CacheType<ShareBody> LISTING_HTML = type(PublicShare.class, HtmlTemplates.FINGERPRINT);
    private static final CacheType<ShareBody> COLLECTION_JSON = type(PublicCollection.class, JSON_RULES);
    private static final CacheType<ShareBody> COLLECTION_HTML = type(PublicCollection.class, HtmlTemplates.FINGERPRINT);
    private static final CacheType<ShareBody> COLLECTION_DEAL_HTML = type(SharedDeal.class, HtmlTemplates.FINGERPRINT);

    private final Cache cache;
    private final ShareSpans spans;
    private final ListingShareService listingShares;
    private final PageSource pages;
    private final PublicUrl publicUrl;

    ShareCache(
            Cache cache, ShareSpans spans, ListingShareService listingShares, PageSource pages, PublicUrl publicUrl) {
        this.cache = cache;
        this.spans = spans;
        this.listingShares = listingShares;
        this.pages = pages;
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
                database -> loadListing(database, listingId, token, Response.JSON, Json::bytes));
    }

    /**
     * Returns a shared listing as HTML.
     *
     * @throws ProblemException as {@link #listingJson}
     */
    CacheResult<ShareBody> listingHtml(long listingId, String token) {
        return get(
                token,
                "share:listing:" + listingId + ":" + token + page(),
                LISTING_HTML,
                database -> loadListing(
                        database, listingId, token, Response.HTML, share -> utf8(DealHtml.of(share, publicUrl))));
    }

    private Optional<LoadResult<ShareBody>> loadListing(
            Jdbi database, long listingId, String token, String mediaType, Function<PublicShare, byte[]> renderer) {
        return ListingShareService.open(database, listingId, token).map(target -> {
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
                database -> CollectionShareService.open(database, token, query)
                        .map(target -> loaded(target, Response.JSON, Json.bytes(target.collection()))));
    }

    /**
     * Returns a shared collection as HTML.
     *
     * @throws ProblemException as {@link #collectionJson}
     */
    CacheResult<ShareBody> collectionHtml(String token, SharedPageQuery query) {
        PublicCollectionQuery items = query.items();
        return get(
                token,
                key(token, items) + page() + ":" + query.view().query(),
                COLLECTION_HTML,
                database -> CollectionShareService.openWithBest(database, token, items)
                        .map(target -> loaded(
                                target,
                                Response.HTML,
                                utf8(CollectionHtml.of(target.collection(), target.best(), query, publicUrl, token)))));
    }

    /**
     * Returns a listing of a shared collection as HTML.
     *
     * @throws ProblemException as {@link #collectionJson}, and share not found if the collection does not contain it
     */
    CacheResult<ShareBody> collectionDealHtml(String token, long listingId) {
        return get(
                token,
                "share:collection:" + token + ":deal:" + listingId + page(),
                COLLECTION_DEAL_HTML,
                database -> CollectionShareService.openDeal(database, token, listingId)
                        .map(deal -> loaded(deal, token)));
    }

    private LoadResult<ShareBody> loaded(SharedDeal deal, String token) {
        Set<String> tags = collectionTags(deal.shareId(), deal.collectionId(), deal.ownerId());
        ListingTags.add(Objects.requireNonNull(deal.listing()), tags);
        byte[] content = utf8(DealHtml.of(deal, publicUrl, token));
        return deal.validity()
                .loaded(ShareBody.of(deal.shareId(), deal.collectionId(), 0, Response.HTML, content), tags);
    }

    /** Returns the end of the key of a page. Pages contain the public address, which may change with a restart. */
    private String page() {
        return ":page:" + publicUrl.base();
    }

    private static String key(String token, PublicCollectionQuery query) {
        return "share:collection:" + token + ":" + query.limit() + ":" + query.offset();
    }

    private static LoadResult<ShareBody> loaded(CollectionShareTarget target, String mediaType, byte[] content) {
        PublicCollection collection = target.collection();
        Set<String> tags = collectionTags(target.shareId(), collection.id(), target.ownerId());
        tags.addAll(target.best().tags());
        Objects.requireNonNull(collection.items()).stream()
                .map(PublicItem::listing)
                .forEach(listing -> ListingTags.add(listing, tags));
        ShareBody body = ShareBody.of(target.shareId(), collection.id(), collection.viewCount(), mediaType, content);
        return target.validity().loaded(body, tags);
    }

    private static Set<String> collectionTags(long shareId, long collectionId, long ownerId) {
        return new HashSet<>(Set.of("collection_share:" + shareId, "collection:" + collectionId, "user:" + ownerId));
    }

    /** A malformed token is looked up neither in the cache nor in the database. */
    private CacheResult<ShareBody> get(
            String token, String key, CacheType<ShareBody> type, PageLoader<ShareBody> page) {
        if (!ShareToken.isWellFormed(token)) {
            throw ShareProblems.notFound();
        }
        return spans.get(() -> cache.getOrLoad(key, type, pages.loader(page))).orElseThrow(ShareProblems::notFound);
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
