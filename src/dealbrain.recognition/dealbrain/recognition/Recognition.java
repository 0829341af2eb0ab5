package dealbrain.recognition;

import dealbrain.catalog.Catalog;
import dealbrain.http.Router;

/** Drafts listings from offers. Stores nothing, and never opens a connection to another server. Thread-safe. */
public final class Recognition {
    private final RecognitionHandler handler;

    public Recognition(Catalog catalog) {
        this.handler = new RecognitionHandler(new OfferParser(new PartLookup(catalog)));
    }

    public void routes(Router router) {
        handler.routes(router);
    }
}
