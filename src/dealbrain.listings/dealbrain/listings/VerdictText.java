package dealbrain.listings;

import dealbrain.valuation.Measure;
import dealbrain.valuation.Score;
import dealbrain.valuation.ScorePart;
import dealbrain.valuation.Valuation;
import dealbrain.valuation.ValueSource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The verdict on a listing as English text. An unknown value is an empty text. */
public final class VerdictText {
    private static final char NO_BREAK_SPACE = '\u00a0';
    private static final String STATED = "stated";

    private VerdictText() {}

    /** Returns the adjusted price; empty also for what is free. */
    public static String adjustedPrice(Listing listing) {
        BigDecimal price = listing.adjustedPriceUsd();
        return price == null || isFree(listing) ? "" : String.format(Locale.ROOT, "$%,.2f", price);
    }

    private static boolean isFree(Listing listing) {
        return listing.priceUsd() != null && listing.priceUsd().signum() == 0;
    }

    /** Returns how the adjusted price is computed: {@code $389 − $48 for 32 GB DDR4 = $341 for the machine}. */
    public static String valuation(Listing listing) {
        Valuation valuation = listing.valuation();
        BigDecimal price = listing.priceUsd();
        BigDecimal adjusted = listing.adjustedPriceUsd();
        if (valuation == null || price == null || adjusted == null || isFree(listing)) {
            return "";
        }
        if (valuation.totalUsd().signum() == 0) {
            return "";
        }
        String lines = valuation.lines().stream()
                .filter(line -> line.amountUsd().signum() > 0)
                .map(line -> " −" + NO_BREAK_SPACE + dollars(line.amountUsd()) + " for " + line.label())
                .collect(Collectors.joining());
        boolean isCut = valuation.totalUsd().compareTo(price) > 0;
        return dollars(price) + lines + (isCut ? ", more than the price: " : " = ") + dollars(adjusted)
                + " for the machine";
    }

    /** Returns an amount, without cents if there are none. */
    private static String dollars(@Nullable BigDecimal amount) {
        if (amount == null) {
            return "";
        }
        boolean isWhole = amount.stripTrailingZeros().scale() <= 0;
        return String.format(Locale.ROOT, isWhole ? "$%,.0f" : "$%,.2f", amount);
    }

    /** Returns the origin of the adjusted price. */
    public static String valuedBy(Listing listing) {
        if (listing.adjustedPriceSource() == ValueSource.STATED) {
            return STATED;
        }
        if (listing.ruleset() != null) {
            return "by " + listing.ruleset().name();
        }
        return listing.valuation() == null ? "" : "by the default ruleset";
    }

    public static String score(Listing listing) {
        BigDecimal score = listing.scoreComposite();
        return score == null ? "" : score.stripTrailingZeros().toPlainString();
    }

    /** Returns what the score is made of: the points of each property and its share of the weights. */
    public static String scoreDetails(Listing listing) {
        if (listing.scoreSource() == ValueSource.STATED) {
            return STATED;
        }
        Score score = listing.score();
        String by = listing.activeProfile() == null
                ? ""
                : "by " + listing.activeProfile().name();
        if (score == null || score.parts().isEmpty()) {
            return by;
        }
        BigDecimal weights = score.parts().stream().map(ScorePart::weight).reduce(BigDecimal.ZERO, BigDecimal::add);
        return (by.isEmpty() ? "of 100, by the default profile" : "of 100, " + by)
                + score.parts().stream()
                        .map(part -> name(part.measure()) + " " + part.points().setScale(0, RoundingMode.HALF_UP)
                                + " × " + percent(part, weights))
                        .collect(Collectors.joining(" + ", ": ", ""));
    }

    private static String percent(ScorePart part, BigDecimal weights) {
        return part.weight().movePointRight(2).divide(weights, 0, RoundingMode.HALF_UP) + " %";
    }

    private static String name(Measure measure) {
        return switch (measure) {
            case CPU_MARK_MULTI -> "CPU mark";
            case CPU_MARK_SINGLE -> "single thread";
            case GPU_MARK -> "graphics";
            case PERF_PER_WATT -> "marks per watt";
            case RAM_GB -> "memory";
            case STORAGE_GB -> "storage";
            case PRICE_PER_MARK -> "price per mark";
            case PORTS -> "ports";
        };
    }
}
