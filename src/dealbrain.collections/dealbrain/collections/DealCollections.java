package dealbrain.collections;

import dealbrain.accounts.Authentication;
import dealbrain.caching.Cache;
import dealbrain.http.Router;
import dealbrain.views.ViewCounter;
import dealbrain.views.Views;
import org.jdbi.v3.core.Jdbi;

/** All that this module does: collections and their items, copies, files, and what everybody may see. Safe for use by many threads. */
public record DealCollections(
        CollectionService service,
        CollectionCache pages,
        ItemService items,
        CopyService copies,
        PublicCollectionService publicOnes,
        ViewCounter views) {

    /** Makes everything once. */
    public static DealCollections of(Jdbi jdbi, Cache cache, Views views) {
        PublicCollectionService publicOnes = new PublicCollectionService(jdbi);
        CollectionService service = new CollectionService(jdbi);
        return new DealCollections(
                service,
                new CollectionCache(cache, service),
                new ItemService(jdbi, service),
                new CopyService(jdbi),
                publicOnes,
                views.counter("COLLECTION", publicOnes::addViews));
    }

    /** Adds all routes. */
    public void routes(Router router, Authentication authentication) {
        new CollectionHandler(service, pages, authentication).routes(router);
        new ItemHandler(items, service, authentication).routes(router);
        new CopyHandler(copies, authentication).routes(router);
        new PublicCollectionHandler(publicOnes, views).routes(router);
    }
}
