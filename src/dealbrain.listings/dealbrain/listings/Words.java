package dealbrain.listings;

import dealbrain.database.TextSearch;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What people type into a search box, as a query for the words that the function {@code words_of} of the database finds. */
final class Words {
    /** Where {@code words_of} tells words apart besides the blanks. */
    private static final Pattern SEPARATORS = Pattern.compile("[/+@<>&-]");

    private Words() {
    }

    /** A query for texts with all words; null for all texts when nothing was typed. One of nothing but punctuation finds nothing. */
    static @Nullable String query(@Nullable String typed) {
        return typed == null || typed.isBlank() ? null : TextSearch.allWords(SEPARATORS.matcher(typed).replaceAll(" "));
    }
}
