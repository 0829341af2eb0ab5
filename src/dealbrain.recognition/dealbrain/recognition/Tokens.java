package dealbrain.recognition;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A text as words, which are runs of letters and digits in lower case, and the gaps between them. Trademark signs,
 * invisible characters and the many kinds of dashes and blanks are removed first. Immutable.
 */
final class Tokens {
    /** The part of a text that is read: more than an offer says about its parts. */
    static final int MAX_LENGTH = 8_000;

    private static final String TIGHT = " -_.'\u00b4`";
    private static final String WEAK = TIGHT + ":()[]@\"=*#";

    /** A word and the characters before it. {@code start} and {@code end} are its place in the cleaned text. */
    record Token(String text, String gap, int start, int end) {
        boolean is(String other) {
            return text.equals(other);
        }

        boolean isNumber() {
            return text.chars().allMatch(Tokens::isDigit);
        }
    }

    private final String clean;
    private final List<Token> tokens;

    private Tokens(String clean, List<Token> tokens) {
        this.clean = clean;
        this.tokens = List.copyOf(tokens);
    }

    static Tokens of(String text) {
        String clean = clean(text.substring(0, Math.min(text.length(), MAX_LENGTH)));
        List<Token> tokens = new ArrayList<>();
        int end = 0;
        for (int i = 0; i < clean.length(); ) {
            int start = i;
            while (i < clean.length() && Character.isLetterOrDigit(clean.charAt(i))) {
                i++;
            }
            if (i == start) {
                i++;
            } else {
                String word = clean.substring(start, i).toLowerCase(Locale.ROOT);
                tokens.add(new Token(word, clean.substring(end, start), start, i));
                end = i;
            }
        }
        return new Tokens(clean, tokens);
    }

    /** Returns the same text with other words. */
    Tokens with(List<Token> others) {
        return new Tokens(clean, others);
    }

    private static String clean(String text) {
        String normal = Normalizer.normalize(withoutNoise(text), Normalizer.Form.NFKC);
        StringBuilder kept = new StringBuilder(normal.length());
        normal.codePoints()
                .limit(MAX_LENGTH) // some characters become eighteen
                .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
                .map(Tokens::plain)
                .forEach(kept::appendCodePoint);
        return kept.toString()
                .replace("(R)", "")
                .replace("(r)", "")
                .replace("(TM)", "")
                .replace("(tm)", "")
                .replace("(C)", "");
    }

    /** Also removes all but the first accent of a letter: normalization would sort thousands of them. */
    private static String withoutNoise(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        int before = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int type = Character.getType(c);
            boolean isSign = c == '\u00ae' || c == '\u2122' || c == '\u00a9' || c == '\u2120';
            boolean isAccent = type == Character.NON_SPACING_MARK && before == Character.NON_SPACING_MARK;
            if (!isSign && !isAccent && type != Character.FORMAT && type != Character.SURROGATE) {
                kept.appendCodePoint(c);
            }
            before = type;
            i += Character.charCount(c);
        }
        return kept.toString();
    }

    private static int plain(int c) {
        if (Character.getType(c) == Character.DASH_PUNCTUATION || c == '\u2212') {
            return '-';
        }
        return Character.isSpaceChar(c) || c == '\t' ? ' ' : c;
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    int size() {
        return tokens.size();
    }

    Token get(int index) {
        return tokens.get(index);
    }

    List<Token> all() {
        return tokens;
    }

    /** Returns the word at an index, and "" outside of the text. */
    String word(int index) {
        return index >= 0 && index < tokens.size() ? tokens.get(index).text() : "";
    }

    /** Returns the gap before a word; that before the first and after the last one separates. */
    String gap(int index) {
        return index > 0 && index < tokens.size() ? tokens.get(index).gap() : "\n";
    }

    /** Returns whether only blanks, hyphens and points are before a word, so that it may continue the one before. */
    boolean isTight(int index) {
        return index > 0 && index < tokens.size() && consistsOf(gap(index), TIGHT);
    }

    /** Returns whether a word is in the same phrase as the one before: no comma, slash or symbol separates them. */
    boolean isJoined(int index) {
        return index > 0 && index < tokens.size() && consistsOf(gap(index), WEAK);
    }

    private static boolean consistsOf(String gap, String allowed) {
        return gap.chars().allMatch(c -> allowed.indexOf(c) >= 0);
    }

    /** Returns the text of the words from {@code from} to before {@code to}, as it was written. */
    String slice(int from, int to) {
        return to <= from
                ? ""
                : clean.substring(tokens.get(from).start(), tokens.get(to - 1).end());
    }
}
