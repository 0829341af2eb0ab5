package dealbrain.shares;

import dealbrain.accounts.Authentication;
import dealbrain.caching.Cache;
import dealbrain.caching.PageSource;
import dealbrain.collections.DealCollections;
import dealbrain.http.PublicUrl;
import dealbrain.http.Router;
import dealbrain.listings.Listings;
import dealbrain.notifications.Notifications;
import dealbrain.views.Views;
import io.opentelemetry.api.trace.Tracer;
import org.jdbi.v3.core.Jdbi;

/** Public links to listings and collections: the endpoints, and the methods that other modules call. Thread-safe. */
public final class Shares {
    private final ListingShareService listingShares;
    private final CollectionShareService collectionShares;
    private final ShareCache cache;
    private final ListingShareHandler listingShareHandler;
    private final CollectionShareHandler collectionShareHandler;
    private final DealHandler dealHandler;

    public Shares(
            Jdbi jdbi,
            Authentication authentication,
            Listings listings,
            DealCollections collections,
            Notifications notifications,
            Views views,
            Cache cache,
            PageSource pages,
            Tracer tracer,
            PublicUrl publicUrl) {
        ShareSpans spans = new ShareSpans(tracer);
        listingShares = new ListingShareService(jdbi, listings, publicUrl);
        collectionShares = new CollectionShareService(jdbi, collections, notifications, publicUrl);
        this.cache = new ShareCache(cache, spans, listingShares, pages, publicUrl);
        listingShareHandler = new ListingShareHandler(listingShares, authentication);
        dealHandler = new DealHandler(this.cache, views.counter("listing_share"), spans);
        collectionShareHandler = new CollectionShareHandler(
                collectionShares,
                this.cache,
                views.counter("collection_share"),
                collections.viewCounter(),
                spans,
                authentication);
    }

    /** Returns the style sheet of the shared pages, with which other pages begin theirs. */
    public static String style() {
        return HtmlTemplates.STYLE;
    }

    public void routes(Router router) {
        listingShareHandler.routes(router);
        dealHandler.routes(router);
        collectionShareHandler.routes(router);
    }

    /**
     * Loads the {@code top} most viewed links to listings into the cache. Returns how many were loaded or cached
     * already.
     */
    public int warm(int top) {
        return cache.warm(top);
    }

    /**
     * Deletes up to {@code batch} links of each kind that expired more than {@code days} days ago. Returns their
     * number. Two statements.
     */
    public int deleteExpired(int days, int batch) {
        return listingShares.deleteExpired(days, batch) + collectionShares.deleteExpired(days, batch);
    }
}
