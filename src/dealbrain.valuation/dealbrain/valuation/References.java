package dealbrain.valuation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.json.InputError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The references of a scoring profile: for each {@link Measure} the value that counts as 100, or a pair of the values
 * that count as 100 and as 0. Where less is better, it must be a pair.
 */
public final class References {
    private static final BigDecimal MAX = new BigDecimal("1000000000");
    private static final int MAX_DIGITS = 10;

    private References() {}

    /** Returns the errors of the references, and of the weights that they have. Other weights are free-form. */
    public static List<InputError> errors(ObjectNode references, Map<String, BigDecimal> weights) {
        List<InputError> errors = new ArrayList<>();
        references.properties().forEach(reference -> {
            String key = reference.getKey();
            String pointer = "/references/" + key.replace("~", "~0").replace("/", "~1");
            Optional<Measure> measure = Measure.of(key);
            if (measure.isEmpty()) {
                errors.add(InputError.at(pointer, "references must be of " + names() + ", was " + key));
            } else {
                errors.addAll(errors(pointer, measure.get(), reference.getValue()));
                weightError(key, weights.get(key)).ifPresent(errors::add);
            }
        });
        return errors;
    }

    private static String names() {
        return Arrays.stream(Measure.values()).map(Measure::key).collect(Collectors.joining(", "));
    }

    private static List<InputError> errors(String pointer, Measure measure, JsonNode reference) {
        if (reference.isArray() && reference.size() == 2 && isValue(reference.get(0)) && isValue(reference.get(1))) {
            int order =
                    reference.get(0).decimalValue().compareTo(reference.get(1).decimalValue());
            boolean isOrdered = measure.isLessBetter() ? order < 0 : order > 0;
            return isOrdered
                    ? List.of()
                    : List.of(InputError.at(
                            pointer,
                            "the value for 100 must be " + (measure.isLessBetter() ? "less" : "greater")
                                    + " than the value for 0, was " + reference));
        }
        if (!measure.isLessBetter()
                && isValue(reference)
                && reference.decimalValue().signum() > 0) {
            return List.of();
        }
        String allowed = measure.isLessBetter() ? "" : "a number above 0, the value for 100, or ";
        return List.of(InputError.at(
                pointer,
                measure.key() + " must be " + allowed + "a pair, the values for 100 and for 0, each from 0 to " + MAX
                        + " with at most " + MAX_DIGITS + " decimals, was " + reference));
    }

    private static boolean isValue(JsonNode node) {
        if (!node.isNumber()) {
            return false;
        }
        BigDecimal value = node.decimalValue();
        return value.signum() >= 0 && value.compareTo(MAX) <= 0 && value.scale() <= MAX_DIGITS;
    }

    private static Optional<InputError> weightError(String key, @Nullable BigDecimal weight) {
        boolean isValid =
                weight != null && weight.signum() >= 0 && weight.compareTo(MAX) <= 0 && weight.scale() <= MAX_DIGITS;
        return isValid
                ? Optional.empty()
                : Optional.of(InputError.at(
                        "/weights/" + key,
                        "a measure with a reference must have a weight from 0 to " + MAX + " with at most " + MAX_DIGITS
                                + " decimals, was " + weight));
    }
}
