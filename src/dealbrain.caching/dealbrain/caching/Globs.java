package dealbrain.caching;

import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/**
 * The glob patterns of Redis, on the bytes of UTF-8: {@code *}, {@code ?}, {@code [a-c]}, {@code [^x]}, and a
 * backslash that escapes the next byte. A bracket that is not closed extends to the end of the pattern.
 */
final class Globs {
    private Globs() {}

    /** Returns a pattern that matches only {@code text} itself. */
    static String literal(String text) {
        return text.replaceAll("[*?\\[\\]\\\\^-]", "\\\\$0");
    }

    /** Returns whether a text matches {@code glob}, as a predicate. */
    static Predicate<String> matcher(String glob) {
        byte[] pattern = glob.getBytes(StandardCharsets.UTF_8);
        return text -> matches(pattern, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Backtracks only to the last star, which then matches one byte more. That is sufficient, and keeps the time below
     * the product of both lengths for any pattern.
     */
    private static boolean matches(byte[] glob, byte[] text) {
        int at = 0;
        int star = -1;
        int starAt = 0;
        int i = 0;
        while (i < text.length) {
            if (at < glob.length && glob[at] == '*') {
                star = at++;
                starAt = i;
            } else if (at < glob.length && accepts(glob, at, text[i])) {
                at = next(glob, at);
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++starAt;
            } else {
                return false;
            }
        }
        while (at < glob.length && glob[at] == '*') {
            at++;
        }
        return at == glob.length;
    }

    /** Returns the start of the element after the one at {@code at}. */
    private static int next(byte[] glob, int at) {
        if (glob[at] == '[') {
            int end = at + 1;
            while (end < glob.length && glob[end] != ']') {
                end += memberLength(glob, end);
            }
            return Math.min(end + 1, glob.length);
        }
        return at + (isEscape(glob, at) ? 2 : 1);
    }

    /** Returns the length of one member of a bracket: an escaped byte, a range or a byte. */
    private static int memberLength(byte[] glob, int at) {
        if (isEscape(glob, at)) {
            return 2;
        }
        return isRange(glob, at) ? 3 : 1;
    }

    private static boolean accepts(byte[] glob, int at, byte each) {
        return switch (glob[at]) {
            case '?' -> true;
            case '[' -> isIn(glob, at + 1, each);
            case '\\' -> glob[isEscape(glob, at) ? at + 1 : at] == each;
            default -> glob[at] == each;
        };
    }

    private static boolean isIn(byte[] glob, int from, byte each) {
        boolean negated = from < glob.length && glob[from] == '^';
        boolean found = false;
        int at = negated ? from + 1 : from;
        while (at < glob.length && glob[at] != ']') {
            if (isEscape(glob, at)) {
                found |= glob[at + 1] == each;
                at += 2;
            } else if (isRange(glob, at)) {
                int first = glob[at] & 0xff;
                int last = glob[at + 2] & 0xff;
                found |= (each & 0xff) >= Math.min(first, last) && (each & 0xff) <= Math.max(first, last);
                at += 3;
            } else {
                found |= glob[at++] == each;
            }
        }
        return found != negated;
    }

    private static boolean isEscape(byte[] glob, int at) {
        return glob[at] == '\\' && at + 1 < glob.length;
    }

    private static boolean isRange(byte[] glob, int at) {
        return at + 2 < glob.length && glob[at + 1] == '-';
    }
}
