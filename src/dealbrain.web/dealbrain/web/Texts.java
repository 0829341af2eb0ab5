package dealbrain.web;

import java.util.Locale;

/** Formats values for people. */
final class Texts {
    private Texts() {}

    /** Returns a number with its noun, such as "1 deal" or "1,200 deals". */
    static String count(int number, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }

    /** Returns the name of a constant, such as "Shortlisted". */
    static String name(Enum<?> constant) {
        return constant.name().charAt(0) + constant.name().substring(1).toLowerCase(Locale.ROOT);
    }
}
