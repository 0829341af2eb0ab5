package dealbrain.collections;

import dealbrain.accounts.Authentication;
import dealbrain.caching.Cache;
import dealbrain.http.Request;
import dealbrain.http.Router;
import dealbrain.listings.ListingImport;
import java.util.function.ObjLongConsumer;
import org.jdbi.v3.core.Jdbi;

/** All that this module does: collections and their items, copies, files, and what everybody may see. Safe for use by many threads. */
public record DealCollections(
        CollectionService service,
        CollectionPages pages,
        ItemService items,
        CopyService copies,
        ImportService imports,
        PublicCollectionService publicOnes) {

    /** Makes everything once. */
    public static DealCollections of(Jdbi jdbi, Cache cache) {
        CollectionService service = new CollectionService(jdbi);
        return new DealCollections(
                service,
                new CollectionPages(cache, service),
                new ItemService(jdbi, service),
                new CopyService(jdbi),
                new ImportService(jdbi, service, new ListingImport(jdbi)),
                new PublicCollectionService(jdbi));
    }

    /**
     * Adds all routes.
     *
     * @param views told of each request that is about to be answered with a public collection; see {@link PublicCollectionHandler}
     */
    public void routes(Router router, Authentication authentication, ObjLongConsumer<Request> views) {
        new CollectionHandler(service, pages, authentication).routes(router);
        new ItemHandler(items, service, authentication).routes(router);
        new TransferHandler(service, copies, imports, authentication).routes(router);
        new PublicCollectionHandler(publicOnes, views).routes(router);
    }
}
