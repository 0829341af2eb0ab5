package dealbrain.database;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Turns what people type into a search box into a query for {@code to_tsquery} (PostgreSQL manual, section 12.3). */
public final class TextSearch {
    private TextSearch() {
    }

    /**
     * A query for texts that have every word, each as a whole or as the beginning of one. All characters stand for
     * themselves: there are no operators and no wildcards.
     */
    public static String allWords(String typed) {
        return Arrays.stream(typed.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .map(word -> "'" + word.replace("\\", "\\\\").replace("'", "''") + "':*")
                .collect(Collectors.joining(" & "));
    }
}
