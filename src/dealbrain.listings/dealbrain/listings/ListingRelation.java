package dealbrain.listings;

import dealbrain.catalog.Part;
import dealbrain.catalog.PartKind;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A relation of a listing to a part.
 *
 * @param member the name in JSON, and the alias of the part's table in statements
 */
public record ListingRelation<P extends Part>(String member, PartKind<P, ?> kind, Function<Listing, @Nullable P> part) {
    /** All eight relations, in the order of the listing's components. */
    public static final List<ListingRelation<?>> ALL = List.of(
            new ListingRelation<>("cpu", PartKind.CPU, Listing::cpu),
            new ListingRelation<>("gpu", PartKind.GPU, Listing::gpu),
            new ListingRelation<>("ports_profile", PartKind.PORTS_PROFILE, Listing::portsProfile),
            new ListingRelation<>("active_profile", PartKind.SCORING_PROFILE, Listing::activeProfile),
            new ListingRelation<>("ruleset", PartKind.RULESET, Listing::ruleset),
            new ListingRelation<>("ram_spec", PartKind.RAM_SPEC, Listing::ramSpec),
            new ListingRelation<>("primary_storage_profile", PartKind.STORAGE_PROFILE, Listing::primaryStorageProfile),
            new ListingRelation<>(
                    "secondary_storage_profile", PartKind.STORAGE_PROFILE, Listing::secondaryStorageProfile));

    /** Returns the name of the foreign key, as a column and as a member of {@link ListingInput}. */
    public String foreignKey() {
        return member + "_id";
    }

    /** Returns the member for the capacity of memory or of a drive; null for other parts. */
    public @Nullable String capacityMember() {
        return switch (member) {
            case "ram_spec" -> "ram_gb";
            case "primary_storage_profile" -> "primary_storage_gb";
            case "secondary_storage_profile" -> "secondary_storage_gb";
            default -> null;
        };
    }

    /** Returns the columns of the part, for SELECT. */
    String select() {
        return kind.columns().select(member);
    }

    /** Returns the join of the part to a listing {@code l}, by its primary key. */
    String join() {
        return " LEFT JOIN " + kind.table() + " " + member + " ON " + member + ".id = l." + foreignKey();
    }
}
