package dealbrain.operations;

import java.time.Duration;
import java.util.Locale;

/** Formats numbers for the dashboard, with two or three significant digits and a unit. */
final class Formats {
    private static final String NONE = "–";

    private Formats() {}

    /** Returns a duration in microseconds, milliseconds or seconds; a dash if it is 0. */
    static String millis(double millis) {
        if (millis <= 0) {
            return NONE;
        }
        if (millis < 1) {
            return decimal(millis * 1000) + " µs";
        }
        return millis < 1000 ? decimal(millis) + " ms" : decimal(millis / 1000) + " s";
    }

    /** Returns an integer with a narrow space between thousands. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', '\u202f');
    }

    /** Returns a number with two decimal places below 10, with one below 100, with none from there on. */
    static String decimal(double number) {
        if (number >= 100) {
            return count(Math.round(number));
        }
        return String.format(Locale.ROOT, number >= 10 ? "%.1f" : "%.2f", number);
    }

    /** Returns {@code part} as a percentage of {@code whole}; a dash if that is 0. */
    static String percent(double part, double whole) {
        if (whole == 0) {
            return NONE;
        }
        return String.format(Locale.ROOT, part / whole >= 0.1 ? "%.0f %%" : "%.1f %%", 100 * part / whole);
    }

    /** Returns a ratio from 0 to 1 as a percentage. */
    static String ratio(double ratio) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * ratio);
    }

    /** Returns a duration in its two largest units, such as {@code 2 d 3 h}. */
    static String uptime(Duration time) {
        if (time.toDays() > 0) {
            return time.toDays() + " d " + time.toHoursPart() + " h";
        }
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        return time.toMinutes() > 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }
}
