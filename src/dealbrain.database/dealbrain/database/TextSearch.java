package dealbrain.database;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns what people type into a search box into a query for {@code to_tsquery} (PostgreSQL manual, section 12.3), to be held
 * against the words that the function {@code words_of} of the database finds in a text.
 */
public final class TextSearch {
    /** Where {@code words_of} tells words apart besides the blanks. */
    private static final Pattern SEPARATORS = Pattern.compile("[/+@<>&\\s-]+");

    private TextSearch() {}

    /**
     * A query for texts that have every word, each as a whole or as the beginning of one; null for all texts, when nothing was
     * typed. All characters stand for themselves: there are no operators and no wildcards. Nothing but punctuation finds nothing.
     */
    public static @Nullable String query(@Nullable String typed) {
        return typed == null || typed.isBlank()
                ? null
                : Arrays.stream(SEPARATORS.split(typed))
                        .filter(word -> !word.isEmpty())
                        .map(word -> "'" + word.replace("\\", "\\\\").replace("'", "''") + "':*")
                        .collect(Collectors.joining(" & "));
    }
}
