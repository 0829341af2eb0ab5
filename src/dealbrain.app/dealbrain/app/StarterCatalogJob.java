package dealbrain.app;

import dealbrain.catalog.Catalog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adds the starter catalog in the background. Runs until that succeeds once, and then does nothing. */
final class StarterCatalogJob implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(StarterCatalogJob.class);

    private final Catalog catalog;
    private boolean done;

    StarterCatalogJob(Catalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public void run() {
        if (done) {
            return;
        }
        int added = catalog.addStarterCatalog();
        done = true;
        if (added > 0) {
            LOG.atInfo().addKeyValue("parts", added).log("starter catalog added");
        }
    }
}
