package dealbrain.database;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Converts the text of a search box to a query for {@code to_tsquery} (PostgreSQL manual, section 12.3). The query is
 * matched against the words that the SQL function {@code words_of} finds in a text.
 */
public final class TextSearch {
    /** Blanks and the other characters at which {@code words_of} splits a text. */
    private static final Pattern SEPARATORS = Pattern.compile("[/+@<>&\\s-]+");

    private TextSearch() {}

    /**
     * Returns a query that matches texts with all words of {@code text}, each as a word or as the beginning of one;
     * null, which matches all texts, when {@code text} is null or blank. There are no operators and no wildcards. A
     * text of punctuation only has no matches.
     */
    public static @Nullable String query(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        return Arrays.stream(SEPARATORS.split(text))
                .filter(word -> !word.isEmpty())
                .map(word -> "'" + word.replace("\\", "\\\\").replace("'", "''") + "':*")
                .collect(Collectors.joining(" & "));
    }
}
