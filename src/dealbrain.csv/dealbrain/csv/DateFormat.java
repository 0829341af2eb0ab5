package dealbrain.csv;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a file writes dates. It is decided once for all cells, because {@code 03/04/2026} alone can be in March and in
 * April. A time of day may follow a date.
 *
 * @param assumption why this notation was assumed; null if the dates of the file decide it
 */
public record DateFormat(Notation notation, @Nullable String assumption) {
    /** The order of year, month and day, and the sign between them. */
    public enum Notation {
        ISO("YYYY-MM-DD", "(?<year>\\d{4})-(?<month>\\d{2})-(?<day>\\d{2})"),
        POINTS("DD.MM.YYYY", "(?<day>\\d{1,2})\\.(?<month>\\d{1,2})\\.(?<year>\\d{4}|\\d{2})"),
        DAY_FIRST("DD/MM/YYYY", "(?<day>\\d{1,2})/(?<month>\\d{1,2})/(?<year>\\d{4}|\\d{2})"),
        MONTH_FIRST("MM/DD/YYYY", "(?<month>\\d{1,2})/(?<day>\\d{1,2})/(?<year>\\d{4}|\\d{2})");

        private final String shown;
        private final Pattern pattern;

        Notation(String shown, String date) {
            this.shown = shown;
            this.pattern = Pattern.compile(date + "(?:[ T,]+(?<time>.+))?");
        }

        @Override
        public String toString() {
            return shown;
        }
    }

    private static final int MAX_LENGTH = 60;
    private static final Pattern TIME = Pattern.compile("(?<minute>\\d{1,2}:\\d{2})(?<second>:\\d{2})?");

    /**
     * Returns the notation that most dates need; of several, the first of {@link Notation}. If no date needs one,
     * returns month first, or day first with {@code dayFirst}.
     *
     * @param dayFirst whether other cells of the file are written as in countries that write the day first
     */
    public static DateFormat of(List<String> cells, boolean dayFirst, String reason) {
        Map<Notation, Integer> counts = new EnumMap<>(Notation.class);
        String ambiguous = null;
        for (String cell : cells) {
            List<Notation> possible = List.of(Notation.values()).stream()
                    .filter(notation -> read(cell, notation).isPresent())
                    .toList();
            if (possible.size() == 1) {
                counts.merge(possible.getFirst(), 1, Integer::sum);
            } else if (possible.size() > 1 && ambiguous == null) {
                ambiguous = cell;
            }
        }
        Optional<Notation> decided =
                counts.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
        if (decided.isPresent() || ambiguous == null) {
            return new DateFormat(decided.orElse(Notation.ISO), null);
        }
        Notation assumed = dayFirst ? Notation.DAY_FIRST : Notation.MONTH_FIRST;
        return new DateFormat(assumed, "'" + ambiguous + "' can be two dates: " + assumed + " is assumed, " + reason);
    }

    /**
     * Returns a date as ISO 8601 writes it, with its time of day, in UTC; empty if it has another notation, or does not
     * exist. A date in ISO 8601 is returned as it is.
     */
    public Optional<String> parse(String cell) {
        return read(cell, notation);
    }

    private static Optional<String> read(String cell, Notation notation) {
        String text = cell.strip();
        Matcher parts = notation.pattern.matcher(text);
        if (text.length() > MAX_LENGTH || !parts.matches()) {
            return Optional.empty();
        }
        if (notation == Notation.ISO) {
            return Optional.of(text);
        }
        String year = parts.group("year");
        try {
            LocalDate date = LocalDate.of(
                    Integer.parseInt(year) + (year.length() == 2 ? 2000 : 0),
                    Integer.parseInt(parts.group("month")),
                    Integer.parseInt(parts.group("day")));
            return time(parts.group("time")).map(time -> date + "T" + time + "Z");
        } catch (DateTimeException _) { // such as February 30th
            return Optional.empty();
        }
    }

    private static Optional<String> time(@Nullable String text) {
        if (text == null) {
            return Optional.of("00:00:00");
        }
        Matcher parts = TIME.matcher(text.strip());
        if (!parts.matches()) {
            return Optional.empty();
        }
        String second = parts.group("second") == null ? ":00" : parts.group("second");
        String padded = parts.group("minute").length() == 4 ? "0" + parts.group("minute") : parts.group("minute");
        LocalTime.parse(padded + second); // throws if there is no such time
        return Optional.of(padded + second);
    }
}
