package dealbrain.transfer;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Matches the listings of a file to stored listings of the importing user: by marketplace and vendor item id, else by
 * address. Two listings with different vendor item ids never match by address.
 *
 * <p>Several listings may have one address, such as the variants of one offer. Each stored listing is matched once,
 * and those that agree in title and price first, so that a file matches the same listings that it was exported from.
 */
final class ListingMatches {
    /** A stored listing that may match one of the file. */
    record Candidate(
            long id,
            @Nullable String marketplace,
            @Nullable String vendorItemId,
            @Nullable String listingUrl,
            String title,
            @Nullable BigDecimal priceUsd) {}

    /** The conditions for two listings with one address, tried one after the other, the strictest first. */
    private static final List<BiPredicate<PortableListing, Candidate>> ADDRESS_RULES = List.of(
            (listing, stored) -> sameTitle(listing, stored) && samePrice(listing, stored),
            ListingMatches::sameTitle,
            (_, _) -> true);

    private final List<@Nullable Long> ids = new ArrayList<>();
    private final Set<Long> matchedIds = new HashSet<>();
    private final Map<List<String>, Candidate> byVendorItemId = new HashMap<>();
    private final Map<String, List<Candidate>> byAddress = new HashMap<>();

    private ListingMatches(int size, List<Candidate> candidates) {
        for (int i = 0; i < size; i++) {
            ids.add(null);
        }
        for (Candidate stored : candidates) {
            if (stored.marketplace() != null && stored.vendorItemId() != null) {
                byVendorItemId.put(List.of(stored.marketplace(), stored.vendorItemId()), stored);
            }
            if (stored.listingUrl() != null) {
                byAddress
                        .computeIfAbsent(stored.listingUrl(), _ -> new ArrayList<>())
                        .add(stored);
            }
        }
    }

    /**
     * Returns for each listing the id of the stored one; null if there is none.
     *
     * @param candidates in the order of preference
     */
    static List<@Nullable Long> of(List<PortableListing> listings, List<Candidate> candidates) {
        ListingMatches matches = new ListingMatches(listings.size(), candidates);
        matches.matchByVendorItemId(listings);
        ADDRESS_RULES.forEach(rule -> matches.matchByAddress(listings, rule));
        return matches.ids;
    }

    private void matchByVendorItemId(List<PortableListing> listings) {
        for (int i = 0; i < ids.size(); i++) {
            PortableListing listing = listings.get(i);
            if (listing.marketplace() != null && listing.vendorItemId() != null) {
                match(i, byVendorItemId.get(List.of(listing.marketplace(), listing.vendorItemId())));
            }
        }
    }

    private void matchByAddress(List<PortableListing> listings, BiPredicate<PortableListing, Candidate> rule) {
        for (int i = 0; i < ids.size(); i++) {
            PortableListing listing = listings.get(i);
            if (ids.get(i) == null && listing.listingUrl() != null) {
                match(
                        i,
                        byAddress.getOrDefault(listing.listingUrl(), List.of()).stream()
                                .filter(stored -> !matchedIds.contains(stored.id())
                                        && !bothHaveVendorItemId(listing, stored)
                                        && rule.test(listing, stored))
                                .findFirst()
                                .orElse(null));
            }
        }
    }

    private void match(int index, @Nullable Candidate stored) {
        if (stored != null && matchedIds.add(stored.id())) {
            ids.set(index, stored.id());
        }
    }

    private static boolean bothHaveVendorItemId(PortableListing listing, Candidate stored) {
        return listing.marketplace() != null
                && listing.vendorItemId() != null
                && stored.marketplace() != null
                && stored.vendorItemId() != null;
    }

    private static boolean sameTitle(PortableListing listing, Candidate stored) {
        return listing.title().equals(stored.title());
    }

    private static boolean samePrice(PortableListing listing, Candidate stored) {
        BigDecimal price = listing.priceUsd();
        BigDecimal storedPrice = stored.priceUsd();
        return price == null ? storedPrice == null : storedPrice != null && price.compareTo(storedPrice) == 0;
    }
}
