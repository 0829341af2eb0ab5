package dealbrain.operations;

import java.time.Duration;
import java.util.Locale;

/** Numbers as a person reads them: two or three digits that matter, and a unit. */
final class Numbers {
    private Numbers() {}

    /** A duration given in milliseconds, from microseconds to seconds. */
    static String millis(double millis) {
        if (millis <= 0) {
            return "–";
        }
        return millis < 1
                ? digits(millis * 1000) + " µs"
                : millis < 1000 ? digits(millis) + " ms" : digits(millis / 1000) + " s";
    }

    /** A whole number with its thousands apart. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', '\u202f');
    }

    /** A number with as many digits behind the point as its size deserves. */
    static String digits(double number) {
        return number >= 100
                ? count(Math.round(number))
                : number >= 10
                        ? String.format(Locale.ROOT, "%.1f", number)
                        : String.format(Locale.ROOT, "%.2f", number);
    }

    static String percent(double part, double whole) {
        return whole == 0
                ? "–"
                : String.format(Locale.ROOT, part / whole >= 0.1 ? "%.0f %%" : "%.1f %%", 100 * part / whole);
    }

    static String uptime(Duration time) {
        if (time.toDays() > 0) {
            return time.toDays() + " d " + time.toHoursPart() + " h";
        }
        return time.toHours() > 0
                ? time.toHours() + " h " + time.toMinutesPart() + " min"
                : time.toMinutes() > 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }
}
