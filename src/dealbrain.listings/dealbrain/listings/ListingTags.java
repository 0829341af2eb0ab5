package dealbrain.listings;

import dealbrain.catalog.Part;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names by which the log of changes knows a listing and its parts. */
public final class ListingTags {
    private ListingTags() {}

    /** Adds those of all that a listing shows. */
    public static void add(Listing listing, Set<String> tags) {
        tags.add("listing:" + listing.id());
        add("cpu", listing.cpu(), tags);
        add("gpu", listing.gpu(), tags);
        add("ports_profile", listing.portsProfile(), tags);
        add("scoring_profile", listing.activeProfile(), tags);
        add("ruleset", listing.ruleset(), tags);
        add("ram_spec", listing.ramSpec(), tags);
        add("storage_profile", listing.primaryStorageProfile(), tags);
        add("storage_profile", listing.secondaryStorageProfile(), tags);
    }

    private static void add(String kind, @Nullable Part part, Set<String> tags) {
        if (part != null) {
            tags.add(kind + ':' + part.id());
        }
    }
}
