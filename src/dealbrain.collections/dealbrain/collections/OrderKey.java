package dealbrain.collections;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Order keys: decimal numbers of any length, so that there is always one between two others. */
final class OrderKey {
    /** The limit of digits after the decimal point. About 3.3 insertions at one place need one digit. */
    private static final int MAX_DIGITS = 200;

    private static final BigDecimal HALF = new BigDecimal("0.5");

    private OrderKey() {}

    /**
     * Returns a key between two others; at an end, the next integer. Between two keys, it is the number with the fewest
     * digits, of these the one closest to the mean.
     *
     * @param before null if nothing is before the key
     * @param behind null if nothing is behind it
     */
    static BigDecimal between(@Nullable BigDecimal before, @Nullable BigDecimal behind) {
        if (before == null) {
            return behind == null
                    ? BigDecimal.ZERO
                    : behind.setScale(0, RoundingMode.CEILING).subtract(BigDecimal.ONE);
        }
        if (behind == null) {
            return before.setScale(0, RoundingMode.FLOOR).add(BigDecimal.ONE);
        }
        BigDecimal mean = before.add(behind).multiply(HALF);
        for (int digits = 0; ; digits++) {
            BigDecimal rounded = mean.setScale(digits, RoundingMode.HALF_EVEN);
            if (rounded.compareTo(before) > 0 && rounded.compareTo(behind) < 0) {
                return rounded;
            }
        }
    }

    static boolean isTooLong(BigDecimal key) {
        return key.scale() > MAX_DIGITS;
    }
}
