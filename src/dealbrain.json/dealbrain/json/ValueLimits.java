package dealbrain.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The limits of every JSON value that a schema cannot express. Texts and names must not contain NUL or unpaired
 * surrogates, which PostgreSQL rejects. Numbers must not have thousands of digits in their plain form.
 */
final class ValueLimits {
    static final int MAX_DIGITS = 40;

    /** A position in the tree. Its pointer is built only for errors, because every member may have a long name. */
    private record Position(@Nullable Position parent, Object step) {
        private String pointer() {
            return (parent == null ? "" : parent.pointer()) + "/" + ErrorText.escape(step.toString());
        }
    }

    private final List<InputError> errors = new ArrayList<>();
    private boolean calculable = true;

    private ValueLimits() {}

    static ValueLimits check(JsonNode tree) {
        ValueLimits limits = new ValueLimits();
        limits.check(tree, null);
        return limits;
    }

    List<InputError> errors() {
        return errors;
    }

    /** Returns whether calculations with the numbers of the tree end within a reasonable time. */
    boolean isCalculable() {
        return calculable;
    }

    private void check(JsonNode node, @Nullable Position position) {
        switch (node.getNodeType()) {
            case STRING -> {
                if (!isStorable(node.textValue())) {
                    add(position, "must not contain NUL (U+0000) or an unpaired surrogate");
                }
            }
            case NUMBER -> check(node.decimalValue(), position);
            case ARRAY -> {
                for (int i = 0; i < node.size(); i++) {
                    check(node.get(i), new Position(position, i));
                }
            }
            case OBJECT ->
                node.properties().forEach(member -> {
                    if (isStorable(member.getKey())) {
                        check(member.getValue(), new Position(position, member.getKey()));
                    } else {
                        add(position, "must not have a name with NUL (U+0000) or an unpaired surrogate");
                    }
                });
            default -> {}
        }
    }

    private static boolean isStorable(String text) {
        return text.codePoints().noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
    }

    private void check(BigDecimal number, @Nullable Position position) {
        // as long, because the difference overflows an int for a scale near its limits, such as that of 1e2147483647
        long integerDigits = (long) number.precision() - number.scale();
        if (number.scale() > MAX_DIGITS || integerDigits > MAX_DIGITS) {
            calculable = false;
            add(
                    position,
                    "must not have more than " + MAX_DIGITS + " digits before or after the point, was "
                            + InputError.abbreviated(number.toString()));
        }
    }

    private void add(@Nullable Position position, String rule) {
        if (errors.size() <= InputSchema.MAX_ERRORS) {
            errors.add(ErrorText.error(position == null ? "" : position.pointer(), rule));
        }
    }
}
