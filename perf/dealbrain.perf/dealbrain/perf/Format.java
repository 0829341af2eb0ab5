package dealbrain.perf;

import java.util.Locale;

/** Numbers as the reports show them. */
final class Format {
    /** Formats a value with its unit. */
    @FunctionalInterface
    interface Unit {
        String format(double value);
    }

    private Format() {}

    static String ratio(double value) {
        if (value >= 100) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, value >= 20 ? "%.1f" : "%.2f", value);
    }

    static String ratio(Spread spread) {
        return ratio(spread.median()) + " (" + ratio(spread.low()) + " to " + ratio(spread.high()) + ")";
    }

    static String millis(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f ms" : "%.1f ms", value);
    }

    static String rate(double perSecond) {
        return String.format(Locale.ROOT, "%,.0f requests/s", perSecond);
    }

    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
