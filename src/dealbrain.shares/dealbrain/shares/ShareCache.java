package dealbrain.shares;

import dealbrain.caching.Cache;
import dealbrain.caching.CacheType;
import dealbrain.caching.Cached;
import dealbrain.caching.Loaded;
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
 * What links lead to, as JSON and as pages, from the cache: no statement for what is kept there, else one. Nothing is older than
 * a change that was acknowledged before the call. Safe for use by many threads.
 */
public final class ShareCache {
    private static final CacheType<ShareBody> DEAL = CacheType.of(ShareBody.class, PublicShare.class, "json");
    private static final CacheType<ShareBody> DEAL_PAGE =
            CacheType.of(ShareBody.class, PublicShare.class, HtmlTemplates.RULES);
    private static final CacheType<ShareBody> COLLECTION =
            CacheType.of(ShareBody.class, PublicCollection.class, "json");
    private static final CacheType<ShareBody> COLLECTION_PAGE =
            CacheType.of(ShareBody.class, PublicCollection.class, HtmlTemplates.RULES);

    private final Cache cache;
    private final ShareSpans spans;
    private final ListingShareService listingShares;
    private final CollectionShareService collectionShares;
    private final String publicUrl;

    /** @param publicUrl what the addresses of pages begin with, without a slash at its end */
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

    /**
     * A shared listing as JSON.
     *
     * @throws ProblemException share not found: unknown, revoked, or of another listing; share expired
     */
    Cached<ShareBody> deal(long listingId, String token) {
        return found(
                token,
                "share:listing:" + listingId + ":" + token,
                DEAL,
                () -> openDeal(listingId, token, Response.JSON, Json::bytes));
    }

    /**
     * A shared listing as a page.
     *
     * @throws ProblemException as {@link #deal}
     */
    Cached<ShareBody> dealPage(long listingId, String token) {
        return found(
                token,
                "share:listing:" + listingId + ":" + token + ":page",
                DEAL_PAGE,
                () -> openDeal(
                        listingId,
                        token,
                        Response.HTML,
                        share -> utf8(DealHtml.of(share, publicUrl + "/deals/" + listingId + "/" + token))));
    }

    private Optional<Loaded<ShareBody>> openDeal(
            long listingId, String token, String mediaType, Function<PublicShare, byte[]> form) {
        return listingShares.open(listingId, token).map(opened -> {
            PublicShare share = opened.share();
            Set<String> tags = new HashSet<>(Set.of("listing_share:" + share.shareId(), "user:" + opened.makerId()));
            ListingTags.add(share.listing(), tags);
            ShareBody page =
                    ShareBody.of(share.shareId(), share.shareId(), share.viewCount(), mediaType, form.apply(share));
            return new Loaded<>(
                    page, opened.validity().snapshot(), tags, opened.validity().timeToLive());
        });
    }

    /**
     * A shared collection as JSON.
     *
     * @throws ProblemException share not found: unknown, revoked, or of a collection that was made private; share expired
     */
    Cached<ShareBody> collection(String token, PublicCollectionQuery query) {
        return found(
                token, key(token, query), COLLECTION, () -> openCollection(token, query, Response.JSON, Json::bytes));
    }

    /**
     * A shared collection as a page.
     *
     * @throws ProblemException as {@link #collection}
     */
    Cached<ShareBody> collectionPage(String token, PublicCollectionQuery query) {
        return found(
                token,
                key(token, query) + ":page",
                COLLECTION_PAGE,
                () -> openCollection(
                        token,
                        query,
                        Response.HTML,
                        collection -> utf8(CollectionHtml.of(collection, query, publicUrl + "/c/" + token))));
    }

    private static String key(String token, PublicCollectionQuery query) {
        return "share:collection:" + token + ":" + query.limit() + ":" + query.offset();
    }

    private Optional<Loaded<ShareBody>> openCollection(
            String token, PublicCollectionQuery query, String mediaType, Function<PublicCollection, byte[]> form) {
        return collectionShares.open(token, query).map(opened -> {
            PublicCollection collection = opened.collection();
            Set<String> tags = new HashSet<>(Set.of(
                    "collection_share:" + opened.shareId(),
                    "collection:" + collection.id(),
                    "user:" + opened.ownerId()));
            Objects.requireNonNull(collection.items()).stream()
                    .map(PublicItem::listing)
                    .forEach(listing -> ListingTags.add(listing, tags));
            ShareBody page = ShareBody.of(
                    opened.shareId(), collection.id(), collection.viewCount(), mediaType, form.apply(collection));
            return new Loaded<>(
                    page, opened.validity().snapshot(), tags, opened.validity().timeToLive());
        });
    }

    /** What cannot be a token is looked for nowhere. */
    private Cached<ShareBody> found(
            String token, String key, CacheType<ShareBody> type, Supplier<Optional<Loaded<ShareBody>>> loader) {
        Optional<Cached<ShareBody>> found =
                ShareToken.isWellFormed(token) ? spans.get(() -> cache.getOrLoad(key, type, loader)) : Optional.empty();
        return found.orElseThrow(ShareProblems::notFound);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Sees to it that the most viewed links to listings are kept, in both forms; returns how many links. One statement, and two for each that is not. */
    int warm(int top) {
        List<ListingShareDao.Link> links = listingShares.mostViewed(top);
        int warmed = 0;
        for (ListingShareDao.Link link : links) {
            try {
                deal(link.listingId(), link.shareToken());
                dealPage(link.listingId(), link.shareToken());
                warmed++;
            } catch (ProblemException _) { // revoked or run out since they were listed: nothing to keep
            }
        }
        return warmed;
    }
}
