package dealbrain.transfer;

import dealbrain.accounts.User;
import dealbrain.catalog.Catalog;
import dealbrain.json.Json;
import dealbrain.listings.Listings;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Finds the listings of a file, and creates those that do not exist, with their parts. Thread-safe. */
final class ListingImport {
    /** The members that a stored listing is found by. */
    private record SearchKey(
            @Nullable String marketplace,
            @Nullable String vendorItemId,
            @Nullable String listingUrl,
            String title) {
        static SearchKey of(PortableListing listing) {
            return new SearchKey(listing.marketplace(), listing.vendorItemId(), listing.listingUrl(), listing.title());
        }
    }

    private final ListingImportDao dao;
    private final Catalog catalog;
    private final Listings listings;

    ListingImport(Jdbi jdbi, Catalog catalog, Listings listings) {
        this.dao = jdbi.onDemand(ListingImportDao.class);
        this.catalog = catalog;
        this.listings = listings;
    }

    /**
     * Returns for each listing of a file the id of the stored one, found by {@code marketplace} and
     * {@code vendor_item_id}, else by {@code listing_url}; null if there is none. Returns no id twice. One statement.
     */
    List<@Nullable Long> match(User owner, List<PortableListing> file) {
        String keys = Json.text(file.stream().map(SearchKey::of).toList());
        return ListingMatches.of(file, dao.candidates(owner.id(), keys));
    }

    /**
     * Returns the ids of the listings in their order; those that do not exist are created for {@code owner}. At most 18
     * statements, in the caller's transaction. The caller retries after a violation of a constraint: then another
     * transaction has created or deleted one of the listings or parts in the meantime.
     */
    List<Long> findOrCreate(User owner, List<PortableListing> file) {
        List<@Nullable Long> matches = match(owner, file);
        List<PortableListing> missing = new ArrayList<>();
        for (int i = 0; i < file.size(); i++) {
            if (matches.get(i) == null) {
                missing.add(file.get(i));
            }
        }
        Iterator<Long> created = missing.isEmpty() ? List.<Long>of().iterator() : create(owner, missing);
        List<Long> ids = new ArrayList<>();
        for (Long match : matches) {
            ids.add(match == null ? created.next() : match);
        }
        return ids;
    }

    private Iterator<Long> create(User owner, List<PortableListing> missing) {
        PartIds ids = PartIds.findOrCreate(catalog, missing);
        return listings.createAll(owner, missing.stream().map(ids::input)).iterator();
    }
}
