package dealbrain.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What no schema says and PostgreSQL or the next reader could not take: NUL, halves of surrogate pairs, and numbers
 * whose plain form would have thousands of digits. Member names are held to the same rules.
 */
final class ValueLimits {
    static final int MAX_DIGITS = 40;

    /** A place in the tree; its pointer is only spelled out for a mistake, as a long name may have many thousand members. */
    private record Place(@Nullable Place parent, Object step) {
        private String pointer() {
            return (parent == null ? "" : parent.pointer()) + "/" + escaped(step.toString());
        }
    }

    private final List<InputError> errors = new ArrayList<>();
    private boolean calculable = true;

    private ValueLimits() {}

    static ValueLimits of(JsonNode tree) {
        ValueLimits rules = new ValueLimits();
        rules.collect(tree, null);
        return rules;
    }

    List<InputError> errors() {
        return errors;
    }

    /** Whether arithmetic with the numbers of the tree ends within a reasonable time. */
    boolean isCalculable() {
        return calculable;
    }

    private void collect(JsonNode node, @Nullable Place place) {
        switch (node.getNodeType()) {
            case STRING -> {
                if (!storable(node.textValue())) {
                    add(place, "must not contain NUL (U+0000) or half of a surrogate pair");
                }
            }
            case NUMBER -> check(node.decimalValue(), place);
            case ARRAY -> {
                for (int i = 0; i < node.size(); i++) {
                    collect(node.get(i), new Place(place, i));
                }
            }
            case OBJECT ->
                node.properties().forEach(member -> {
                    if (storable(member.getKey())) {
                        collect(member.getValue(), new Place(place, member.getKey()));
                    } else {
                        add(place, "must not have a name with NUL (U+0000) or half of a surrogate pair");
                    }
                });
            default -> {}
        }
    }

    private void add(@Nullable Place place, String rule) {
        if (errors.size() <= InputSchema.MAX_ERRORS) {
            errors.add(InputSchema.error(place == null ? "" : place.pointer(), rule));
        }
    }

    /** A member's name as a part of a pointer (RFC 6901, section 3). */
    static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static boolean storable(String text) {
        return text.codePoints().noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
    }

    private void check(BigDecimal number, @Nullable Place place) {
        // in long, as the scale of 1e2147483647 leaves no room
        if (number.scale() > MAX_DIGITS || (long) number.precision() - number.scale() > MAX_DIGITS) {
            calculable = false;
            add(
                    place,
                    "must not have more than " + MAX_DIGITS + " digits before or after the point, was "
                            + InputSchema.abbreviated(number.toString()));
        }
    }
}
