package dealbrain.collections;

import dealbrain.catalog.Cpu;
import dealbrain.database.ColumnReader;
import dealbrain.listings.Listing;
import dealbrain.listings.ListingStatus;
import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The items of a collection, on all pages, with the lowest price, the lowest price per CPU mark and the highest CPU
 * mark. Only what can still be bought is compared: active listings with a price above zero, which the owner has neither
 * rejected nor bought. An item is null if fewer than two can be compared; of equal ones, it is the first.
 *
 * @param tags the tags of the listings and CPUs on other pages, whose changes may change the result; empty if the page
 *             shows all items
 */
public record BestDeals(
        @Nullable Long cheapest,
        @Nullable Long bestValue,
        @Nullable Long fastest,
        Set<String> tags) {
    /** No item is the best, because none were compared. */
    public static final BestDeals NONE = new BestDeals(null, null, null, Set.of());

    /** The columns to select. The tags are in the first row only, because they may be long. */
    public static final String COLUMNS = "best.cheapest, best.best_value, best.fastest, "
            + "CASE WHEN row_number() OVER (ORDER BY i.position, i.id) = 1 THEN best.tags END";

    /** The join to a collection {@code c} whose page {@link PublicCollectionRows#JOINS} selects. */
    public static final String JOIN = """
            CROSS JOIN LATERAL (
                 SELECT CASE WHEN count(price) > 1 THEN (array_agg(id ORDER BY price, position))[1] END AS cheapest,
                        CASE WHEN count(per_mark) > 1 THEN (array_agg(id ORDER BY per_mark, position))[1] END
                          AS best_value,
                        CASE WHEN count(mark) > 1 THEN (array_agg(id ORDER BY mark DESC NULLS LAST, position))[1] END
                          AS fastest,
                        CASE WHEN count(*) > :limit OR :offset > 0
                             THEN concat_ws(' ', string_agg('listing:' || listing_id, ' '),
                                            string_agg(DISTINCT 'cpu:' || cpu_id, ' ')) END AS tags
                   FROM (SELECT member.id, member.position, member.listing_id, offered.cpu_id,
                                CASE WHEN buyable THEN offered.price_usd END AS price,
                                CASE WHEN buyable THEN offered.price_usd / nullif(cpu_mark_multi, 0) END AS per_mark,
                                CASE WHEN buyable THEN cpu_mark_multi END AS mark
                           FROM collection_item member
                           JOIN listing offered ON offered.id = member.listing_id
                           LEFT JOIN cpu ON cpu.id = offered.cpu_id
                          CROSS JOIN LATERAL (SELECT offered.status = 'active' AND offered.price_usd > 0
                                                     AND member.status NOT IN ('rejected', 'bought') AS buyable) test
                          WHERE member.collection_id = c.id) compared) best
            """;

    public BestDeals {
        tags = Set.copyOf(tags);
    }

    /** Reads the next columns of the first row, which are {@link #COLUMNS}. */
    public static BestDeals read(ColumnReader row) throws SQLException {
        return new BestDeals(row.int64OrNull(), row.int64OrNull(), row.int64OrNull(), tags(row.textOrNull()));
    }

    /**
     * Returns the best of all items of a collection, in their order, by the rule of {@link #JOIN}, for a response that
     * has all items already.
     */
    public static BestDeals of(List<CollectionItem> items) {
        List<CollectionItem> buyable =
                items.stream().filter(BestDeals::isBuyable).toList();
        return new BestDeals(
                least(buyable, Listing::priceUsd),
                least(buyable, BestDeals::perMark),
                least(buyable, listing -> {
                    BigDecimal mark = mark(listing);
                    return mark == null ? null : mark.negate();
                }),
                Set.of());
    }

    private static boolean isBuyable(CollectionItem item) {
        BigDecimal price = item.listing().priceUsd();
        return item.listing().status() == ListingStatus.ACTIVE
                && price != null
                && price.signum() > 0
                && item.status() != ItemStatus.REJECTED
                && item.status() != ItemStatus.BOUGHT;
    }

    private static @Nullable Long least(List<CollectionItem> items, Function<Listing, @Nullable BigDecimal> value) {
        List<CollectionItem> compared = items.stream()
                .filter(item -> value.apply(item.listing()) != null)
                .toList();
        return compared.size() < 2
                ? null
                : compared.stream()
                        .min(Comparator.comparing(item -> Objects.requireNonNull(value.apply(item.listing()))))
                        .map(CollectionItem::id)
                        .orElseThrow();
    }

    private static @Nullable BigDecimal mark(Listing listing) {
        Cpu cpu = listing.cpu();
        return cpu == null || cpu.cpuMarkMulti() == null ? null : BigDecimal.valueOf(cpu.cpuMarkMulti());
    }

    private static @Nullable BigDecimal perMark(Listing listing) {
        BigDecimal mark = mark(listing);
        return mark == null || mark.signum() == 0
                ? null
                : Objects.requireNonNull(listing.priceUsd()).divide(mark, MathContext.DECIMAL64);
    }

    private static Set<String> tags(@Nullable String text) {
        return text == null || text.isEmpty() ? Set.of() : new HashSet<>(List.of(text.split(" ", -1)));
    }
}
