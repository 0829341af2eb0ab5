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
 * Which stored listings the listings of a file are. A marketplace's number decides; without a match by number an address does,
 * unless both have numbers, which then differ. Several listings may have one address, such as the variants of one offer: each
 * stored one is taken once, and those that agree in more are taken first, so that a file finds the very listings it was made of.
 */
final class ListingMatches {
    /** A stored listing that may be one of the file. */
    record Candidate(
            long id,
            @Nullable String marketplace,
            @Nullable String vendorItemId,
            @Nullable String listingUrl,
            String title,
            @Nullable BigDecimal priceUsd) {}

    /** In which two that have one address must agree, from the most to nothing more. */
    private static final List<BiPredicate<PortableListing, Candidate>> RULES = List.of(
            (listing, stored) -> sameTitle(listing, stored) && samePrice(listing, stored),
            ListingMatches::sameTitle,
            (_, _) -> true);

    private final List<@Nullable Long> ids = new ArrayList<>();
    private final Set<Long> taken = new HashSet<>();
    private final Map<List<String>, Candidate> byNumber = new HashMap<>();
    private final Map<String, List<Candidate>> byAddress = new HashMap<>();

    private ListingMatches(int size, List<Candidate> candidates) {
        for (int i = 0; i < size; i++) {
            ids.add(null);
        }
        for (Candidate stored : candidates) {
            if (stored.marketplace() != null && stored.vendorItemId() != null) {
                byNumber.put(List.of(stored.marketplace(), stored.vendorItemId()), stored);
            }
            if (stored.listingUrl() != null) {
                byAddress
                        .computeIfAbsent(stored.listingUrl(), _ -> new ArrayList<>())
                        .add(stored);
            }
        }
    }

    /** For each listing the id of the stored one; null for those that are not known. {@code candidates} come in order of preference. */
    static List<@Nullable Long> of(List<PortableListing> listings, List<Candidate> candidates) {
        ListingMatches matches = new ListingMatches(listings.size(), candidates);
        matches.takeByNumber(listings);
        RULES.forEach(rule -> matches.takeByAddress(listings, rule));
        return matches.ids;
    }

    private void takeByNumber(List<PortableListing> listings) {
        for (int i = 0; i < ids.size(); i++) {
            PortableListing listing = listings.get(i);
            if (listing.marketplace() != null && listing.vendorItemId() != null) {
                take(i, byNumber.get(List.of(listing.marketplace(), listing.vendorItemId())));
            }
        }
    }

    private void takeByAddress(List<PortableListing> listings, BiPredicate<PortableListing, Candidate> rule) {
        for (int i = 0; i < ids.size(); i++) {
            PortableListing listing = listings.get(i);
            if (ids.get(i) == null && listing.listingUrl() != null) {
                take(
                        i,
                        byAddress.getOrDefault(listing.listingUrl(), List.of()).stream()
                                .filter(stored -> !taken.contains(stored.id())
                                        && !numbersDiffer(listing, stored)
                                        && rule.test(listing, stored))
                                .findFirst()
                                .orElse(null));
            }
        }
    }

    private void take(int number, @Nullable Candidate stored) {
        if (stored != null && taken.add(stored.id())) {
            ids.set(number, stored.id());
        }
    }

    private static boolean numbersDiffer(PortableListing listing, Candidate stored) {
        return listing.marketplace() != null
                && listing.vendorItemId() != null
                && stored.marketplace() != null
                && stored.vendorItemId() != null;
    }

    private static boolean sameTitle(PortableListing listing, Candidate stored) {
        return listing.title().equals(stored.title());
    }

    private static boolean samePrice(PortableListing listing, Candidate stored) {
        BigDecimal asked = listing.priceUsd();
        BigDecimal price = stored.priceUsd();
        return asked == null ? price == null : price != null && asked.compareTo(price) == 0;
    }
}
