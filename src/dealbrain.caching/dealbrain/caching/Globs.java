package dealbrain.caching;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Patterns as Redis has them: {@code *}, {@code ?}, {@code [a-c]}, {@code [^x]}, and a backslash before what stands for itself. */
final class Globs {
    private Globs() {
    }

    /** A pattern that only the text itself matches. */
    static String literal(String text) {
        return text.replaceAll("[*?\\[\\]\\\\^-]", "\\\\$0");
    }

    static Predicate<String> matcher(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            int end = c == '[' ? glob.indexOf(']', i + 2) : -1;
            if (c == '*') {
                regex.append(".*");
            } else if (c == '?') {
                regex.append('.');
            } else if (end > 0) {
                regex.append(characters(glob.substring(i + 1, end)));
                i = end;
            } else {
                boolean escapes = c == '\\' && i + 1 < glob.length();
                regex.append(Pattern.quote(String.valueOf(escapes ? glob.charAt(++i) : c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL).asMatchPredicate();
    }

    private static String characters(String inside) {
        boolean not = inside.startsWith("^");
        String rest = not ? inside.substring(1) : inside;
        return "[" + (not ? "^" : "") + rest.replaceAll("[\\[\\]&^\\\\]", "\\\\$0") + "]";
    }
}
