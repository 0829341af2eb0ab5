package dealbrain.transfer;

import dealbrain.accounts.User;
import dealbrain.catalog.Catalog;
import dealbrain.json.Json;
import dealbrain.listings.Condition;
import dealbrain.listings.Listing;
import dealbrain.listings.Listings;
import java.math.BigDecimal;
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

    /** The members that similar listings agree in. */
    private record SimilarKey(
            String title,
            @Nullable BigDecimal priceUsd,
            @Nullable Condition condition) {
        static SimilarKey of(PortableListing listing) {
            return new SimilarKey(listing.title(), listing.priceUsd(), listing.condition());
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
     * Returns for each listing of a file the id of the owner's stored one, found by {@code marketplace} and {@code
     * vendor_item_id}, else by {@code listing_url}; a listing with neither is the one which is equal in all members.
     * Null if there is none. Returns no id twice. Three statements at most.
     */
    List<@Nullable Long> match(User owner, List<PortableListing> file) {
        String keys = Json.text(file.stream().map(SearchKey::of).toList());
        List<@Nullable Long> ids = ListingMatches.of(file, dao.candidates(owner.id(), keys));
        List<PortableListing> plain =
                file.stream().filter(ListingImport::isPlain).toList();
        if (!plain.isEmpty()) {
            EqualListings equal = new EqualListings(similar(owner, plain));
            for (int i = 0; i < ids.size(); i++) {
                if (isPlain(file.get(i))) {
                    ids.set(i, equal.take(file.get(i)).orElse(null));
                }
            }
        }
        return ids;
    }

    private static boolean isPlain(PortableListing listing) {
        return listing.listingUrl() == null && (listing.marketplace() == null || listing.vendorItemId() == null);
    }

    private List<Listing> similar(User owner, List<PortableListing> plain) {
        String keys = Json.text(plain.stream().map(SimilarKey::of).toList());
        return listings.findAll(owner, dao.similar(owner.id(), keys));
    }

    /**
     * Returns the ids of the listings in their order; those that do not exist are created for {@code owner}. At most 20
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
