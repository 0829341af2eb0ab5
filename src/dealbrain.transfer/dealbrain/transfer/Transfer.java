package dealbrain.transfer;

import dealbrain.accounts.Authentication;
import dealbrain.catalog.Catalog;
import dealbrain.collections.DealCollections;
import dealbrain.http.Router;
import dealbrain.listings.Listings;
import org.jdbi.v3.core.Jdbi;

/** Export and import of collections with their listings, and of listings, and the export of a user. Thread-safe. */
public final class Transfer {
    private final TransferHandler handler;
    private final ListingTransferHandler listingHandler;
    private final UserExportHandler userHandler;

    public Transfer(
            Jdbi jdbi, Authentication authentication, Catalog catalog, Listings listings, DealCollections collections) {
        ImportService imports = new ImportService(jdbi, collections, new ListingImport(jdbi, catalog, listings));
        this.handler = new TransferHandler(collections, imports, authentication);
        this.listingHandler =
                new ListingTransferHandler(listings, new ListingSheetImport(jdbi, catalog, listings), authentication);
        this.userHandler = new UserExportHandler(jdbi, authentication);
    }

    public void routes(Router router) {
        handler.routes(router);
        listingHandler.routes(router);
        userHandler.routes(router);
    }
}
