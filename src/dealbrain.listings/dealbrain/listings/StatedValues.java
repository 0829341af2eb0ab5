package dealbrain.listings;

import dealbrain.http.ProblemException;
import dealbrain.json.InputError;
import dealbrain.valuation.ValueSource;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of a listing that its input states, although they may be computed. A stated value that differs from the
 * computed one is refused. One that equals it is accepted, so that a listing can be sent back as it was received.
 */
record StatedValues(
        @Nullable BigDecimal adjustedPriceUsd,
        @Nullable BigDecimal scoreComposite,
        @Nullable BigDecimal perfPerWatt) {
    static StatedValues of(ListingInput input) {
        return new StatedValues(input.adjustedPriceUsd(), input.scoreComposite(), input.perfPerWatt());
    }

    /** Returns the values that {@code former} did not state. */
    StatedValues except(StatedValues former) {
        return new StatedValues(
                isEqual(adjustedPriceUsd, former.adjustedPriceUsd) ? null : adjustedPriceUsd,
                isEqual(scoreComposite, former.scoreComposite) ? null : scoreComposite,
                isEqual(perfPerWatt, former.perfPerWatt) ? null : perfPerWatt);
    }

    private static boolean isEqual(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        return one != null && other != null && one.compareTo(other) == 0;
    }

    boolean isEmpty() {
        return adjustedPriceUsd == null && scoreComposite == null && perfPerWatt == null;
    }

    /**
     * Returns the listing as it was written.
     *
     * @throws ProblemException invalid, if a value is computed and differs
     */
    Listing requireAccepted(Listing written) {
        List<InputError> errors = errors("", written);
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return written;
    }

    /** Returns an error for each value that is computed and differs from that of the written listing. */
    List<InputError> errors(String pointer, Listing written) {
        List<InputError> errors = new ArrayList<>();
        if (written.adjustedPriceSource() == ValueSource.COMPUTED
                && differs(adjustedPriceUsd, written.adjustedPriceUsd())) {
            String by = written.ruleset() == null
                    ? "the default ruleset"
                    : "ruleset " + written.ruleset().id();
            errors.add(error(pointer, "adjusted_price_usd", by, adjustedPriceUsd));
        }
        if (written.scoreSource() == ValueSource.COMPUTED && differs(scoreComposite, written.scoreComposite())) {
            String by = written.activeProfile() == null
                    ? "the default scoring profile"
                    : "scoring profile " + written.activeProfile().id();
            errors.add(error(pointer, "score_composite", by, scoreComposite));
        }
        if (differs(perfPerWatt, written.perfPerWatt())) {
            errors.add(error(pointer, "perf_per_watt", "cpu_mark_multi / tdp_w of the CPU", perfPerWatt));
        }
        return errors;
    }

    private static boolean differs(@Nullable BigDecimal stated, @Nullable BigDecimal computed) {
        return stated != null && !isEqual(stated, computed);
    }

    private static InputError error(String pointer, String member, String by, @Nullable BigDecimal stated) {
        return InputError.at(
                pointer + "/" + member, member + " is computed by " + by + " and must be omitted, was " + stated);
    }
}
