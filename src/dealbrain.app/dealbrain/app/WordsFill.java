package dealbrain.app;

import dealbrain.accounts.Accounts;
import dealbrain.catalog.Catalog;
import dealbrain.collections.DealCollections;
import dealbrain.listings.Listings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds the words and normalised names of texts that were written without, so that searches and inputs find them: after
 * the update that introduced them, and while servers of an older version run.
 */
final class WordsFill implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(WordsFill.class);

    private final Listings listings;
    private final DealCollections collections;
    private final Catalog catalog;
    private final Accounts accounts;

    WordsFill(Listings listings, DealCollections collections, Catalog catalog, Accounts accounts) {
        this.listings = listings;
        this.collections = collections;
        this.catalog = catalog;
        this.accounts = accounts;
    }

    @Override
    public void run() {
        int filled = listings.fillWords() + collections.fillWords() + catalog.fillWords() + accounts.fillWords();
        if (filled > 0) {
            LOG.atInfo().addKeyValue("texts", filled).log("words for searches added");
        }
    }
}
