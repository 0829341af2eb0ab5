package dealbrain.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What makes no difference in the names of one kind of part. The rules are applied in their order to a name in lower
 * case, whose words are separated by one blank.
 *
 * @param variants the words that distinguish two models whose other words are equal
 */
record PartNameRules(List<Rule> rules, List<Maker> allMakers, Pattern variants) {
    /** Replaces each match of a pattern. */
    record Rule(Pattern pattern, String replacement) {
        static Rule drop(String regex) {
            return replace(regex, " ");
        }

        static Rule replace(String regex, String replacement) {
            return new Rule(Pattern.compile(regex), replacement);
        }
    }

    /** A maker, and the words that imply it. */
    record Maker(String name, Pattern words) {
        static Maker of(String name, String families) {
            return new Maker(name, Pattern.compile("\\b(?:" + name + "|" + families + ")\\b"));
        }
    }

    /** Such as "@ 2.20GHz"; removed while a name still has its points. */
    static final Pattern CLOCK_RATE = Pattern.compile(
            "@ *\\d+(?:[.,]\\d+)?(?: *[gm]hz)?|(?:\\b\\d[.,]\\d+ *[-–/] *)?\\b\\d+(?:[.,]\\d+)? *[gm]hz\\b");

    private static final Pattern NEVER = Pattern.compile("(?!)");
    private static final Pattern MAKERS = Pattern.compile("\\b(?:intel|amd|nvidia|apple)\\b");
    private static final Pattern BLANKS = Pattern.compile(" +");
    /** Dropped only beside the number of a model, which says the same: "i5 12th gen" is no i5 of another generation. */
    private static final Pattern GENERATION =
            Pattern.compile("\\b(?:\\d{1,2}(?:st|nd|rd|th)? gen(?:eration)?|gen(?:eration)? \\d{1,2})\\b");

    private static final Pattern MODEL_NUMBER = Pattern.compile("\\d{3}");

    private static final PartNameRules NONE = new PartNameRules(List.of(), List.of(), NEVER);

    private static final PartNameRules CPU = new PartNameRules(
            List.of(
                    Rule.drop("\\b(?:with|w|mit) (?:intel |amd )?(?:radeon|vega|iris|uhd|hd)\\b.*"),
                    Rule.drop("\\b(?:radeon )?r\\d \\d+ compute cores\\b.*"),
                    Rule.drop("\\b(?:\\d{1,2}|single|dual|quad|six|hexa|eight|octa|ten|twelve|sixteen)"
                            + " ?(?:cores?|kerne?|threads?)\\b"),
                    Rule.drop("\\b\\d{1,2}c ?\\d{1,2}t\\b"),
                    Rule.drop("\\b(?:up to|bis zu|turbo|boost|cpu|apu|processors?|prozessor)\\b"),
                    Rule.replace("\\bcore ?2 ?(duo|quad)\\b", "2 $1"),
                    Rule.drop("\\bcore\\b"),
                    Rule.replace("\\br([3579]) (?=(?:pro )?\\d{4})", "ryzen $1 "),
                    Rule.replace("\\bryzen([3579])\\b", "ryzen $1"),
                    Rule.replace("\\b(\\p{L}*\\d{4}\\p{L}?)(v\\d)\\b", "$1 $2")),
            List.of(
                    Maker.of("intel", "core|i[3579]|xeon|pentium|celeron|atom"),
                    Maker.of("amd", "ryzen|athlon|epyc|threadripper|phenom|sempron|opteron")),
            Pattern.compile("v\\d"));

    private static final PartNameRules GPU = new PartNameRules(
            List.of(
                    Rule.drop("\\b(?:graphics card|video card|grafikkarte|graphics|gpu|vga|gddr\\dx?)\\b"),
                    Rule.replace("\\bati\\b", "amd"),
                    Rule.replace("\\b(\\d{1,2}) ?(?:gb|gib|g)\\b", "$1gb"),
                    Rule.replace("\\b(\\p{L}{0,3}\\d{3,4}) ?(ti|super|xtx|xt|gre)\\b", "$1 $2"),
                    Rule.drop("\\bgeforce (?=(?:gtx|rtx|gts|gt|mx) ?\\d)"),
                    Rule.drop("\\bradeon (?=(?:rx|r[579]|pro|vega)\\b|rx\\d)")),
            List.of(
                    Maker.of("intel", "arc|uhd|iris"),
                    Maker.of("amd", "radeon|firepro|firegl|rx"),
                    Maker.of("nvidia", "geforce|quadro|tesla|gtx|rtx|nvs")),
            Pattern.compile("ti|super|xtx|xt|gre|mobile|laptop|max|ada"));

    static PartNameRules of(PartKind<?, ?> kind) {
        if (kind == PartKind.CPU) {
            return CPU;
        }
        return kind == PartKind.GPU ? GPU : NONE;
    }

    /** Returns whether names of this kind differ in case, spaces and signs only. */
    boolean isEmpty() {
        return rules.isEmpty();
    }

    /** Returns a name without what makes no difference, except for its makers. */
    String clean(String plain) {
        String clean = plain;
        if (!isEmpty()) {
            String rest = GENERATION.matcher(plain).replaceAll(" ");
            clean = MODEL_NUMBER.matcher(rest).find() ? single(rest) : plain;
        }
        for (Rule rule : rules) {
            clean = single(rule.pattern().matcher(clean).replaceAll(rule.replacement()));
        }
        return clean;
    }

    String withoutMakers(String clean) {
        return isEmpty() ? clean : single(MAKERS.matcher(clean).replaceAll(" "));
    }

    private static String single(String text) {
        return BLANKS.matcher(text).replaceAll(" ").strip();
    }

    /** Returns the makers that a name states or implies. */
    List<String> makers(String plain) {
        List<String> makers = new ArrayList<>();
        for (Maker maker : allMakers) {
            if (maker.words().matcher(plain).find()) {
                makers.add(maker.name());
            }
        }
        return makers;
    }
}
