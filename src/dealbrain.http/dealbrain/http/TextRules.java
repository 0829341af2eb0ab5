package dealbrain.http;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.http.Problem.Mistake;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * What no schema says and PostgreSQL or the next reader could not take: NUL, halves of surrogate pairs, and numbers
 * whose plain form would have thousands of digits. Member names are held to the same rules.
 */
final class TextRules {
    private static final int MAX_DIGITS = 40;

    private TextRules() {
    }

    static List<Mistake> mistakes(JsonNode tree) {
        List<Mistake> mistakes = new ArrayList<>();
        collect(tree, "", mistakes);
        return mistakes;
    }

    private static void collect(JsonNode node, String pointer, List<Mistake> mistakes) {
        switch (node.getNodeType()) {
            case STRING -> {
                if (!storable(node.textValue())) {
                    mistakes.add(Mistake.at(pointer, "text must not contain NUL (U+0000) or half of a surrogate pair"));
                }
            }
            case NUMBER -> check(node.decimalValue(), pointer, mistakes);
            case ARRAY -> {
                for (int i = 0; i < node.size(); i++) {
                    collect(node.get(i), pointer + "/" + i, mistakes);
                }
            }
            case OBJECT -> node.properties().forEach(member -> {
                if (storable(member.getKey())) {
                    collect(member.getValue(), pointer + "/" + escaped(member.getKey()), mistakes);
                } else {
                    mistakes.add(Mistake.at(pointer, "a name must not contain NUL (U+0000) or half of a surrogate pair"));
                }
            });
            default -> { }
        }
    }

    /** A member's name as a part of a pointer (RFC 6901, section 3). */
    static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static boolean storable(String text) {
        return text.codePoints().noneMatch(c -> c == 0 || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private static void check(BigDecimal number, String pointer, List<Mistake> mistakes) {
        // in long, as the scale of 1e2147483647 leaves no room
        if (number.scale() > MAX_DIGITS || (long) number.precision() - number.scale() > MAX_DIGITS) {
            mistakes.add(Mistake.at(pointer, "a number must not have more than " + MAX_DIGITS + " digits before or after the point"));
        }
    }
}
