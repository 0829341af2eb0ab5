package dealbrain.listings;

import dealbrain.catalog.Part;
import dealbrain.database.ColumnReader;
import dealbrain.database.RecordColumns;
import dealbrain.valuation.Score;
import dealbrain.valuation.Valuation;
import dealbrain.valuation.ValueSource;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The columns of {@code listing_verdict} (sql/0023-valuation.sql), and how they become components of a listing. Lists
 * do not select {@link #DETAILS}.
 */
final class ListingVerdict {
    static final String COLUMNS = "verdict.adjusted_price_usd, verdict.score_composite, verdict.perf_per_watt,"
            + " verdict.ruleset_id, verdict.profile_id";

    /** The number of {@link #COLUMNS}. */
    static final int WIDTH = 5;

    static final String DETAILS = "verdict.lines, verdict.measures";

    /** The join to a stored listing {@code l}. */
    static final String JOIN = " LEFT JOIN listing_verdict verdict ON verdict.id = l.id ";

    /** The join to the rows {@code l} that a statement writes: their verdicts are stored when it ends. */
    static final String JOIN_WRITTEN = " CROSS JOIN LATERAL verdict_of(ROW(l.*)::listing) verdict ";

    private final int adjustedPrice;
    private final int adjustedPriceSource;
    private final int score;
    private final int scoreSource;
    private final int perfPerWatt;
    private final int ruleset;
    private final int profile;
    private final int valuation;
    private final int scoreDetails;

    ListingVerdict(RecordColumns<Listing> listing) {
        adjustedPrice = listing.component("adjusted_price_usd");
        adjustedPriceSource = listing.component("adjusted_price_source");
        score = listing.component("score_composite");
        scoreSource = listing.component("score_source");
        perfPerWatt = listing.component("perf_per_watt");
        ruleset = listing.component("ruleset");
        profile = listing.component("active_profile");
        valuation = listing.component("valuation");
        scoreDetails = listing.component("score");
    }

    /** The ids of the ruleset and of the profile by which a listing was computed; null for a stated value. */
    record Origin(@Nullable Long rulesetId, @Nullable Long profileId) {}

    /** Reads {@link #COLUMNS} into the values of a listing. */
    Origin read(ColumnReader row, @Nullable Object[] values) throws SQLException {
        values[adjustedPrice] = row.decimalOrNull();
        values[score] = row.decimalOrNull();
        values[perfPerWatt] = row.decimalOrNull();
        Origin origin = new Origin(row.int64OrNull(), row.int64OrNull());
        values[adjustedPriceSource] = source(origin.rulesetId(), values[adjustedPrice]);
        values[scoreSource] = source(origin.profileId(), values[score]);
        return origin;
    }

    private static @Nullable ValueSource source(@Nullable Long origin, @Nullable Object value) {
        if (origin != null) {
            return ValueSource.COMPUTED;
        }
        return value == null ? null : ValueSource.STATED;
    }

    /** Reads {@link #DETAILS} into the values of a listing, which has its parts already. */
    void readDetails(ColumnReader row, Origin origin, @Nullable Object[] values, RecordColumns<Listing> listing)
            throws SQLException {
        String lines = row.textOrNull();
        String measures = row.textOrNull();
        if (origin.rulesetId() != null && lines != null) {
            Listing valued = listing.create(values);
            values[valuation] = Valuation.of(
                    origin.rulesetId(),
                    isDefault(values[ruleset]),
                    lines,
                    component -> ComponentLabel.of(component, valued));
        }
        if (origin.profileId() != null && measures != null) {
            values[scoreDetails] = Score.of(origin.profileId(), isDefault(values[profile]), measures);
        }
    }

    private static boolean isDefault(@Nullable Object own) {
        return !(own instanceof Part);
    }
}
