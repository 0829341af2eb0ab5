package dealbrain.transfer;

import dealbrain.accounts.Authentication;
import dealbrain.collections.DealCollections;
import dealbrain.http.Router;
import org.jdbi.v3.core.Jdbi;

/** Export and import of collections with their listings, as files. Thread-safe. */
public final class Transfer {
    private final TransferHandler handler;

    public Transfer(Jdbi jdbi, Authentication authentication, DealCollections collections) {
        ImportService imports = new ImportService(jdbi, collections, new ListingImport(jdbi));
        this.handler = new TransferHandler(collections, imports, authentication);
    }

    public void routes(Router router) {
        handler.routes(router);
    }
}
