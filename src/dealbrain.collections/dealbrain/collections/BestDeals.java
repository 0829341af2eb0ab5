package dealbrain.collections;

import dealbrain.database.ColumnReader;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

    private static Set<String> tags(@Nullable String text) {
        return text == null || text.isEmpty() ? Set.of() : new HashSet<>(List.of(text.split(" ", -1)));
    }
}
