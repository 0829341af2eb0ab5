package dealbrain.perf;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One row of the table.
 *
 * @param figures what was measured on both sides, for people
 * @param ratio   null where it cannot be measured, for the reason that {@code figures} gives
 */
record Result(
        String measured,
        String against,
        Goal goal,
        @Nullable Spread ratio,
        String figures) {
    /** Where a ratio has to be. */
    record Goal(boolean atLeast, double limit) {
        static Goal atLeast(double limit) {
            return new Goal(true, limit);
        }

        static Goal atMost(double limit) {
            return new Goal(false, limit);
        }

        boolean isMetBy(double ratio) {
            return atLeast ? ratio >= limit : ratio <= limit;
        }

        @Override
        public String toString() {
            return (atLeast ? "≥ " : "≤ ") + number(limit);
        }
    }

    static Result notAvailable(String measured, String against, Goal goal, String reason) {
        return new Result(measured, against, goal, null, "not available: " + reason);
    }

    boolean isMet() {
        return ratio != null && goal.isMetBy(ratio.median());
    }

    String verdict() {
        return ratio == null ? "–" : isMet() ? "✅" : "❌";
    }

    String ratioText() {
        return ratio == null
                ? "–"
                : number(ratio.median()) + " (" + number(ratio.low()) + " to " + number(ratio.high()) + ")";
    }

    static String number(double value) {
        return value >= 100
                ? String.format(Locale.ROOT, "%,.0f", value)
                : value >= 20
                        ? String.format(Locale.ROOT, "%.1f", value)
                        : String.format(Locale.ROOT, "%.2f", value).replaceFirst("0$", "");
    }

    static String millis(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f ms" : "%.1f ms", value);
    }
}
