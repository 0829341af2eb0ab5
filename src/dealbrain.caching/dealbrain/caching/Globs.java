package dealbrain.caching;

import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/**
 * Patterns as Redis has them, on the bytes of UTF-8: {@code *}, {@code ?}, {@code [a-c]}, {@code [^x]}, and a backslash before
 * what stands for itself. A bracket that is not closed goes on to the end.
 */
final class Globs {
    private Globs() {}

    /** A pattern that only the text itself matches. */
    static String literal(String text) {
        return text.replaceAll("[*?\\[\\]\\\\^-]", "\\\\$0");
    }

    static Predicate<String> matcher(String glob) {
        byte[] pattern = glob.getBytes(StandardCharsets.UTF_8);
        return text -> matches(pattern, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Goes back to the last star only, which takes one byte more then: that is enough, and no pattern takes exponential time. */
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

    /** Where the element after this one begins. */
    private static int next(byte[] glob, int at) {
        if (glob[at] == '[') {
            int end = at + 1;
            while (end < glob.length && glob[end] != ']') {
                end += isEscape(glob, end) ? 2 : isRange(glob, end) ? 3 : 1;
            }
            return Math.min(end + 1, glob.length);
        }
        return at + (isEscape(glob, at) ? 2 : 1);
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
        boolean not = from < glob.length && glob[from] == '^';
        boolean found = false;
        int at = not ? from + 1 : from;
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
        return found != not;
    }

    private static boolean isEscape(byte[] glob, int at) {
        return glob[at] == '\\' && at + 1 < glob.length;
    }

    private static boolean isRange(byte[] glob, int at) {
        return at + 2 < glob.length && glob[at + 1] == '-';
    }
}
