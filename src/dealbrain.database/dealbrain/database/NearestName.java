package dealbrain.database;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds the name that was probably meant by a misspelled one. */
final class NearestName {
    private static final int MAX_DISTANCE = 3;

    private NearestName() {}

    /** Returns {@code "; did you mean NAME?"} with the most similar name, or an empty text if none is similar. */
    static String suggestion(String misspelled, Collection<String> names) {
        return names.stream()
                .min(Comparator.comparingInt(name -> distance(misspelled, name)))
                .filter(name -> distance(misspelled, name) <= Math.min(MAX_DISTANCE, misspelled.length() / 2))
                .map(name -> "; did you mean " + name + "?")
                .orElse("");
    }

    /** Returns the Levenshtein distance, ignoring case: the number of characters to insert, delete or replace. */
    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
