package dealbrain.database;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one definition of a word, for storing and for searching: it depends neither on the locale of a database nor on
 * the version of PostgreSQL, whose parser is not used.
 *
 * <p>A text is folded: compatibility characters, accents and case make no difference. A word is a sequence of letters,
 * digits and the marks that belong to them; all other characters separate words. Texts in scripts without blanks
 * between words, such as Chinese, are split into pairs of characters. An emoji is a word, which a search with other
 * words ignores.
 */
public final class Words {
    /** In code points; shorter than the 2046 bytes that PostgreSQL allows. Words are cut in texts and in searches. */
    private static final int MAX_LENGTH = 100;

    private static final Set<Character.UnicodeScript> WITHOUT_BLANKS = Set.of(
            Character.UnicodeScript.HAN,
            Character.UnicodeScript.HIRAGANA,
            Character.UnicodeScript.KATAKANA,
            Character.UnicodeScript.BOPOMOFO,
            Character.UnicodeScript.HANGUL, // has blanks, but not between the parts of a compound
            Character.UnicodeScript.THAI,
            Character.UnicodeScript.LAO,
            Character.UnicodeScript.KHMER,
            Character.UnicodeScript.MYANMAR,
            Character.UnicodeScript.TIBETAN);

    private static final int PROLONGED_SOUND = 0x30FC;
    private static final int DAKUTEN = 0x3099;
    private static final int HANDAKUTEN = 0x309A;

    private enum Kind {
        WORD,
        /** Characters of a script without blanks. */
        PAIRS,
        EMOJI
    }

    private record Token(Kind kind, String text) {}

    private Words() {}

    /**
     * Returns a name such that two names are the same if their folded forms are equal (NFKC, full case folding). The
     * Turkish letters dotted I and dotless i are folded to i, like I.
     */
    public static String foldName(String name) {
        return caseFold(Normalizer.normalize(name, Form.NFKC));
    }

    /**
     * Converts to upper case in between, because that replaces ß, ligatures and the final sigma by the letters that
     * they stand for. Unicode has an upper-case ß too, which only the first step replaces.
     */
    private static String caseFold(String text) {
        return Normalizer.normalize(lowerCase(lowerCase(text).toUpperCase(Locale.ROOT)), Form.NFKC);
    }

    /** Converts each character alone: String.toLowerCase would make final sigmas. */
    private static String lowerCase(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        text.codePoints().map(Character::toLowerCase).forEach(lower::appendCodePoint);
        return lower.toString();
    }

    /**
     * Returns the words of a text as a value of the type {@code tsvector}. It also has each two words in a row as one,
     * so that "thinkcentre" finds "Think Centre".
     */
    public static String vector(@Nullable String text) {
        Set<String> words = new LinkedHashSet<>();
        List<Token> tokens = tokens(text == null ? "" : text);
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.kind() == Kind.PAIRS) {
                words.addAll(pairs(token.text(), true));
            } else {
                words.add(cut(token.text()));
            }
            if (isVersion(token.text())) {
                words.add(cut(token.text().substring(1)));
            }
            if (i > 0 && canJoin(tokens.get(i - 1), token)) {
                words.add(join(tokens.get(i - 1), token));
            }
        }
        return words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    }

    /** Returns whether a word is like the first one of v1.2, which 1.2 should find. */
    private static boolean isVersion(String word) {
        return word.length() > 1 && word.charAt(0) == 'v' && Character.isDigit(word.charAt(1));
    }

    /**
     * Returns a search as a value of the type {@code tsquery}: it matches the texts that have all words of
     * {@code text}, each as a word or as the beginning of one, also if two words in a row are written as one. Returns
     * null, which matches all texts, when {@code text} is null or blank. There are no operators and no wildcards. A
     * text of punctuation only has no matches.
     */
    public static @Nullable String query(@Nullable String text) {
        if (text == null || text.codePoints().allMatch(Words::isBlank)) {
            return null;
        }
        List<Token> tokens = tokens(text);
        List<Token> words =
                tokens.stream().filter(token -> token.kind() != Kind.EMOJI).toList();
        if (words.isEmpty()) {
            words = tokens;
        }
        Set<String> conditions = new LinkedHashSet<>();
        for (int i = 0; i < words.size(); i++) {
            conditions.add(condition(words, i));
        }
        return String.join(" & ", conditions);
    }

    private static boolean isBlank(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.getType(c) == Character.FORMAT;
    }

    /** Returns the condition for a word: the word itself, or together with the one before or after it. */
    private static String condition(List<Token> words, int index) {
        Token word = words.get(index);
        if (word.kind() == Kind.PAIRS) {
            return pairs(word.text(), false).stream().map(Words::prefix).collect(Collectors.joining(" & "));
        }
        StringBuilder condition = new StringBuilder("(").append(prefix(cut(word.text())));
        if (index > 0 && canJoin(words.get(index - 1), word)) {
            condition.append(" | ").append(prefix(join(words.get(index - 1), word)));
        }
        if (index + 1 < words.size() && canJoin(word, words.get(index + 1))) {
            condition.append(" | ").append(prefix(join(word, words.get(index + 1))));
        }
        return condition.append(')').toString();
    }

    private static String prefix(String word) {
        return "'" + word + "':*";
    }

    /** Two numbers in a row stay two: 2.5 is not 25. */
    private static boolean canJoin(Token left, Token right) {
        return left.kind() == Kind.WORD
                && right.kind() == Kind.WORD
                && !(Character.isDigit(left.text().codePointBefore(left.text().length()))
                        && Character.isDigit(right.text().codePointAt(0)));
    }

    private static String join(Token left, Token right) {
        return cut(left.text() + right.text());
    }

    private static String cut(String word) {
        return word.codePointCount(0, word.length()) <= MAX_LENGTH
                ? word
                : word.substring(0, word.offsetByCodePoints(0, MAX_LENGTH));
    }

    /** Returns each two characters in a row, and the last one alone if wanted, or if it is the only one. */
    private static List<String> pairs(String text, boolean withLast) {
        List<String> characters = new ArrayList<>();
        text.codePoints().forEach(c -> {
            if (isMark(c) && !characters.isEmpty()) {
                characters.set(characters.size() - 1, cut(characters.getLast() + Character.toString(c)));
            } else {
                characters.add(Character.toString(c));
            }
        });
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i + 1 < characters.size(); i++) {
            pairs.add(cut(characters.get(i) + characters.get(i + 1)));
        }
        if (withLast || pairs.isEmpty()) {
            pairs.add(characters.getLast());
        }
        return pairs;
    }

    private static List<Token> tokens(String text) {
        List<Token> tokens = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        @Nullable Kind kind = null;
        for (int c : fold(text).codePoints().toArray()) {
            boolean extended = isMark(c) && !current.isEmpty();
            @Nullable Kind next = extended ? kind : kind(c);
            if (next != kind || next == Kind.EMOJI) {
                flush(tokens, kind, current);
            }
            if (next != null) {
                current.appendCodePoint(Character.isDigit(c) ? '0' + Character.digit(c, 10) : c);
            }
            kind = next;
        }
        flush(tokens, kind, current);
        return tokens;
    }

    private static void flush(List<Token> tokens, @Nullable Kind kind, StringBuilder current) {
        if (kind != null && !current.isEmpty()) {
            tokens.add(new Token(kind, current.toString()));
        }
        current.setLength(0);
    }

    private static @Nullable Kind kind(int c) {
        if (isEmoji(c)) {
            return Kind.EMOJI;
        }
        if (!isLetterOrNumber(c)) {
            return null;
        }
        return c == PROLONGED_SOUND || WITHOUT_BLANKS.contains(Character.UnicodeScript.of(c)) ? Kind.PAIRS : Kind.WORD;
    }

    private static boolean isEmoji(int c) {
        return c > 0xFF && (Character.isExtendedPictographic(c) || Character.isEmojiPresentation(c));
    }

    private static boolean isLetterOrNumber(int c) {
        return Character.isLetterOrDigit(c)
                || Character.getType(c) == Character.LETTER_NUMBER
                || Character.getType(c) == Character.OTHER_NUMBER;
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    /** Folds case and compatibility forms, and removes accents and invisible characters. */
    private static String fold(String text) {
        String visible = text.codePoints()
                .filter(c -> !isIgnored(c))
                .map(c -> c == '™' || c == '℠' ? ' ' : c) // would become letters that belong to the word before
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        String decomposed = Normalizer.normalize(foldName(visible), Form.NFKD);
        StringBuilder bare = new StringBuilder(decomposed.length());
        decomposed.codePoints().filter(c -> !isAccent(c)).forEach(c -> append(bare, c));
        return Normalizer.normalize(bare, Form.NFKC);
    }

    /** Soft hyphens, joiners and marks of direction are within words; a zero-width space separates words. */
    private static boolean isIgnored(int c) {
        return Character.getType(c) == Character.FORMAT && c != 0x200B;
    }

    /**
     * Accents are marks that many scripts share. Marks of one script, such as vowel signs, are part of its words, and
     * so are the two of Japanese, which make other syllables. Points of Hebrew are usually left out.
     */
    private static boolean isAccent(int c) {
        int type = Character.getType(c);
        if (type != Character.NON_SPACING_MARK && type != Character.ENCLOSING_MARK) {
            return false;
        }
        Character.UnicodeScript script = Character.UnicodeScript.of(c);
        return script == Character.UnicodeScript.HEBREW
                || (script == Character.UnicodeScript.INHERITED && c != DAKUTEN && c != HANDAKUTEN);
    }

    /** Replaces letters with a stroke and ligatures, which have no decomposition in Unicode. */
    private static void append(StringBuilder text, int c) {
        switch (c) {
            case 'ø' -> text.append('o');
            case 'ł' -> text.append('l');
            case 'đ', 'ð' -> text.append('d');
            case 'ħ' -> text.append('h');
            case 'þ' -> text.append("th");
            case 'æ' -> text.append("ae");
            case 'œ' -> text.append("oe");
            default -> text.appendCodePoint(c);
        }
    }
}
