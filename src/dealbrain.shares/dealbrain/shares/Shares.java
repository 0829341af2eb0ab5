package dealbrain.shares;

import dealbrain.accounts.Authentication;
import dealbrain.caching.Cache;
import dealbrain.collections.DealCollections;
import dealbrain.http.Router;
import dealbrain.listings.ListingService;
import dealbrain.notifications.Notifications;
import io.opentelemetry.api.trace.Tracer;
import org.jdbi.v3.core.Jdbi;

/** All that this module does: the three kinds of shares, and the count of views. Safe for use by many threads. */
public record Shares(
        ListingShareService ofListings,
        CollectionShareService ofCollections,
        UserShareService betweenUsers,
        ViewCounter views,
        SharedPages pages,
        ShareSpans spans) {

    /**
     * Makes everything once.
     *
     * @param publicUrl what the addresses of links begin with, without a slash at its end
     */
    public static Shares of(
            Jdbi jdbi,
            ListingService listings,
            DealCollections collections,
            Notifications notifications,
            Cache cache,
            Tracer tracer,
            String publicUrl) {
        ListingShareService ofListings = new ListingShareService(jdbi, listings, publicUrl);
        CollectionShareService ofCollections =
                new CollectionShareService(jdbi, collections.service(), collections.copies(), notifications, publicUrl);
        ViewTotals totals = new ViewTotals(text -> cache.publish("views", text));
        cache.subscribe("views", totals::hear);
        ShareSpans spans = new ShareSpans(tracer);
        return new Shares(
                ofListings,
                ofCollections,
                new UserShareService(jdbi, collections.service(), collections.items(), notifications),
                new ViewCounter(jdbi, collections.publicOnes()::addViews, totals),
                new SharedPages(cache, spans, ofListings, ofCollections, publicUrl),
                spans);
    }

    public void routes(Router router, Authentication authentication) {
        new ListingShareHandler(ofListings, authentication).routes(router);
        new DealHandler(pages, views, spans).routes(router);
        new CollectionShareHandler(ofCollections, pages, views, spans, authentication).routes(router);
        new UserShareHandler(betweenUsers, authentication).routes(router);
    }

    /** Sees to it that the most viewed links to listings are in the cache; returns how many they are. */
    public int warm(int top) {
        return pages.warm(top);
    }

    /** Deletes shares that expired so many days ago, at most {@code batch} of each kind; returns how many. Three statements. */
    public int deleteExpired(int days, int batch) {
        return ofListings.deleteExpired(days, batch)
                + ofCollections.deleteExpired(days, batch)
                + betweenUsers.deleteExpired(days, batch);
    }
}
