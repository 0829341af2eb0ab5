package dealbrain.transfer;

import dealbrain.accounts.User;
import dealbrain.catalog.PartImportDao;
import dealbrain.json.Json;
import dealbrain.listings.ListingDao;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Listings out of files: found again where they are known, else made with their parts. Safe for use by many threads. */
public final class ListingImport {
    /** What a listing is found by. */
    private record Known(
            @Nullable String marketplace,
            @Nullable String vendorItemId,
            @Nullable String listingUrl,
            String title) {
        static Known of(PortableListing listing) {
            return new Known(listing.marketplace(), listing.vendorItemId(), listing.listingUrl(), listing.title());
        }
    }

    private final ListingImportDao matches;
    private final PartImportDao parts;
    private final ListingDao listings;

    public ListingImport(Jdbi jdbi) {
        this.matches = jdbi.onDemand(ListingImportDao.class);
        this.parts = jdbi.onDemand(PartImportDao.class);
        this.listings = jdbi.onDemand(ListingDao.class);
    }

    /**
     * For each listing the id of the stored one, by {@code marketplace} and {@code vendor_item_id}, else by {@code listing_url}; null
     * for those that are not known. No stored listing is found twice. One statement.
     */
    public List<@Nullable Long> match(User owner, List<PortableListing> files) {
        String named = Json.text(files.stream().map(Known::of).toList());
        return ListingMatches.of(files, matches.candidates(owner.id(), named));
    }

    /**
     * The ids of the listings in their order, where those that are not known are made, and belong to {@code owner}. At most 18
     * statements; to be called in a transaction, which is to be tried again when it meets a constraint: then somebody made one of
     * them, or deleted one, at the same moment.
     */
    public List<Long> findOrCreate(User owner, List<PortableListing> files) {
        List<@Nullable Long> found = match(owner, files);
        List<PortableListing> unknown = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            if (found.get(i) == null) {
                unknown.add(files.get(i));
            }
        }
        List<Long> made = unknown.isEmpty() ? List.of() : create(owner, unknown);
        List<Long> ids = new ArrayList<>();
        int next = 0;
        for (Long id : found) {
            ids.add(id == null ? made.get(next++) : id);
        }
        return ids;
    }

    private List<Long> create(User owner, List<PortableListing> unknown) {
        PartIds ids = PartIds.findOrCreate(parts, unknown);
        return listings.insertAll(
                owner.id(),
                Json.text(unknown.stream().map(listing -> listing.with(ids)).toList()));
    }
}
