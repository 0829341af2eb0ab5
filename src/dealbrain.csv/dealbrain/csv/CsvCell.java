package dealbrain.csv;

import java.text.Normalizer;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Texts as cells that a spreadsheet shows unchanged (docs/export-format.md). Each text has another cell, so that a
 * program that reads the file can restore the text:
 *
 * <ul>
 *   <li>What a spreadsheet would run as a formula is prefixed with an apostrophe (OWASP, "CSV injection"). So is such a
 *       text with apostrophes before it, and a text with white space at its ends, which some programs remove.
 *   <li>What a spreadsheet would convert to a number, a date, a logical value or an error is written as the formula
 *       {@code ="text"}.
 * </ul>
 */
public final class CsvCell {
    /**
     * The signs that start a formula, with their full-width forms, which some spreadsheets treat alike. White space
     * before the sign does not matter, because some spreadsheets ignore it.
     */
    private static final Pattern FORMULA = Pattern.compile("(?s)[\\s\\p{Z}\\p{Cc}\\p{Cf}]*"
            + "[=+\\-@\\x{FF1D}\\x{FF0B}\\x{FF0D}\\x{FF20}\\x{2212}\\x{FE62}\\x{FE63}\\x{FE66}\\x{FE6B}].*"
            + "|[\\t\\r\\n].*");

    /** The longest text in a formula of Excel. Longer texts are prefixed instead; none of them is a number to Excel. */
    private static final int MAX_LITERAL = 255;

    /** Digits, and the signs that numbers, prices, dates and times of any language have between them. */
    private static final Pattern SIGNS = Pattern.compile("[\\p{Nd}\\p{Sc}\\p{Z}\\s.,:;/\\\\()%+\\-\\x{2013}'\\x{2019}"
            + "\\x{5E74}\\x{6708}\\x{65E5}\\x{6642}\\x{65F6}\\x{5206}\\x{79D2}]+");

    private static final Pattern DIGIT = Pattern.compile("\\p{Nd}");

    private static final Pattern ERROR = Pattern.compile("#[A-Z0-9/_]+[!?]?");

    private static final Set<String> LOGICAL = Set.of(
            "true",
            "false",
            "wahr",
            "falsch",
            "vrai",
            "faux",
            "verdadero",
            "falso",
            "vero",
            "verdadeiro",
            "waar",
            "onwaar");

    /** Words of numbers, dates and times, in the languages that LOGICAL has. */
    private static final Set<String> DATE_WORDS = dateWords();

    private CsvCell() {}

    private static Set<String> dateWords() {
        Set<String> words =
                new HashSet<>(Set.of("e", "am", "pm", "a", "p", "h", "m", "t", "z", "de", "usd", "eur", "gbp"));
        for (String language : List.of("en", "de", "fr", "es", "it", "pt", "nl")) {
            for (Month month : Month.values()) {
                Stream.of(TextStyle.FULL, TextStyle.FULL_STANDALONE, TextStyle.SHORT, TextStyle.SHORT_STANDALONE)
                        .map(style -> month.getDisplayName(style, Locale.of(language)))
                        .map(name -> name.toLowerCase(Locale.ROOT).replace(".", ""))
                        .forEach(words::add);
            }
        }
        words.add("sep");
        words.add("sept");
        return words;
    }

    /** Returns the cell of a text. */
    public static String of(String text) {
        if (needsApostrophe(text)) {
            return "'" + text;
        }
        return isConverted(text) ? "=\"" + text + '"' : text;
    }

    /**
     * Returns the text of a cell: the reverse of {@link #of}. Cells of other programs are texts as they are, without
     * white space at their ends. Returns null for a blank cell.
     */
    public static @Nullable String text(String cell) {
        if (cell.startsWith("'") && needsApostrophe(cell.substring(1))) {
            return cell.substring(1);
        }
        String text = CsvRow.stripped(cell);
        boolean isLiteral = text.length() > 2 && text.startsWith("=\"") && text.endsWith("\"");
        String bare = isLiteral ? text.substring(2, text.length() - 1) : text;
        return bare.isEmpty() ? null : bare;
    }

    private static boolean needsApostrophe(String text) {
        String bare = text.replaceFirst("^'+", "");
        return FORMULA.matcher(bare).matches()
                || !CsvRow.stripped(bare).equals(bare)
                || (bare.length() > MAX_LITERAL && isConverted(bare));
    }

    /** Returns whether a spreadsheet may store another value than the text. */
    private static boolean isConverted(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).strip();
        if (LOGICAL.contains(plain.toLowerCase(Locale.ROOT))
                || ERROR.matcher(plain).matches()) {
            return true;
        }
        return DIGIT.matcher(plain).find()
                && Stream.of(SIGNS.split(plain))
                        .filter(word -> !word.isEmpty())
                        .allMatch(word -> DATE_WORDS.contains(word.toLowerCase(Locale.ROOT)));
    }
}
