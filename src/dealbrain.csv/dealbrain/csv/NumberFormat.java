package dealbrain.csv;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a file writes numbers: {@code 1,234.56} or {@code 1.234,56}. It is decided once for all cells, because {@code
 * 1.234} alone can be both.
 *
 * @param decimal    the sign before the decimals: point or comma
 * @param assumption why this sign was assumed; null if the numbers of the file decide it, or both are the same
 */
public record NumberFormat(char decimal, @Nullable String assumption) {
    /**
     * A number of a file.
     *
     * @param maxDecimals how many decimals numbers of its column may have
     */
    public record Cell(String text, int maxDecimals) {}

    /** What a file shows about its numbers besides them: which sign is likely, and why. */
    public record Hint(char decimal, String reason) {}

    private static final Pattern CURRENCY = Pattern.compile("(?i)^(US ?\\$|\\$|USD)|(US ?\\$|\\$|USD)$");
    /** A German price without cents: {@code 199,-}. */
    private static final Pattern NO_CENTS = Pattern.compile("(?<=\\d,)[-\\x{2013}\\x{2014}]{1,2}$");

    private static final Pattern WITH_POINT = pattern(",", "\\.");
    private static final Pattern WITH_COMMA = pattern("\\.", ",");
    private static final Pattern GROUP_SIGNS = Pattern.compile("[ '\\x{2019}\\x{A0}\\x{202F}\\x{2009}]");
    private static final int MAX_LENGTH = 60;
    private static final int MIN_DECIMALS = 2; // of whole numbers too, which spreadsheets write as 16.00

    private static Pattern pattern(String group, String decimal) {
        String groups = "[1-9]\\d{0,2}(?:(?:" + group + "|[ '\\x{2019}\\x{A0}\\x{202F}\\x{2009}])\\d{3})+";
        return Pattern.compile("[+-]?(?:\\d{1,30}|" + groups + ")?(?:" + decimal + "(?<decimals>\\d{0,30}))?(?<=\\d|\\d"
                + decimal + ")");
    }

    /**
     * Returns the format that most numbers need; of two the first one. If no number needs one, returns that of the
     * hint.
     */
    public static NumberFormat of(List<Cell> cells, Hint hint) {
        int points = 0;
        int commas = 0;
        Character first = null;
        String ambiguous = null;
        for (Cell cell : cells) {
            Optional<BigDecimal> point = read(cell, '.');
            Optional<BigDecimal> comma = read(cell, ',');
            if (point.isPresent() && comma.isPresent()) {
                boolean differ = point.get().compareTo(comma.get()) != 0;
                ambiguous = differ && ambiguous == null ? cell.text() : ambiguous;
            } else if (point.isPresent() || comma.isPresent()) {
                points += point.isPresent() ? 1 : 0;
                commas += comma.isPresent() ? 1 : 0;
                first = first == null ? (point.isPresent() ? '.' : ',') : first;
            }
        }
        if (first != null) {
            return new NumberFormat(points == commas ? first : points > commas ? '.' : ',', null);
        }
        return new NumberFormat(hint.decimal(), ambiguous == null ? null : assumption(ambiguous, hint));
    }

    private static String assumption(String ambiguous, Hint hint) {
        return "'" + ambiguous + "' has one meaning with a decimal point and another with a decimal comma: a decimal "
                + (hint.decimal() == '.' ? "point" : "comma") + " is assumed, " + hint.reason();
    }

    private static Optional<BigDecimal> read(Cell cell, char decimal) {
        if (cell.text().length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String plain = plain(cell.text());
        Matcher matcher = (decimal == '.' ? WITH_POINT : WITH_COMMA).matcher(plain);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String decimals = matcher.group("decimals");
        if (decimals != null && decimals.length() > Math.max(cell.maxDecimals(), MIN_DECIMALS)) {
            return Optional.empty();
        }
        String digits = GROUP_SIGNS
                .matcher(plain)
                .replaceAll("")
                .replace(decimal == '.' ? "," : ".", "")
                .replace(decimal, '.');
        return Optional.of(new BigDecimal(digits.endsWith(".") ? digits.substring(0, digits.length() - 1) : digits));
    }

    /** Returns the number without the sign of its currency, which is the dollar everywhere. */
    private static String plain(String text) {
        String bare = CURRENCY.matcher(text.strip()).replaceAll("").strip();
        return NO_CENTS.matcher(bare).replaceAll("");
    }

    /** Returns the number in this format; empty if it is none, or has too many decimals. */
    public Optional<BigDecimal> parse(Cell cell) {
        return read(cell, decimal);
    }
}
