package dealbrain.recognition;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A set of phrases, found by their first or their last word. Immutable. */
final class Phrases {
    private final Map<String, List<List<String>>> byFirst = new HashMap<>();
    private final Map<String, List<List<String>>> byLast = new HashMap<>();

    private Phrases() {}

    /** @param text phrases in lower case, separated by commas */
    static Phrases of(String text) {
        Phrases phrases = new Phrases();
        for (String phrase : text.strip().split(",", -1)) {
            List<String> words = Arrays.asList(phrase.strip().split("\\s+", -1));
            add(phrases.byFirst, words.getFirst(), words);
            add(phrases.byLast, words.getLast(), words);
        }
        return phrases;
    }

    private static void add(Map<String, List<List<String>>> index, String word, List<String> words) {
        index.merge(
                word,
                List.of(words),
                (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
    }

    /** Returns the length of the longest phrase that starts at a word; 0 for none. */
    int at(Tokens tokens, int start) {
        return byFirst.getOrDefault(tokens.word(start), List.of()).stream()
                .filter(words -> isAt(tokens, start, words))
                .mapToInt(List::size)
                .max()
                .orElse(0);
    }

    /** Returns the length of the longest phrase that ends before a word; 0 for none. */
    int before(Tokens tokens, int end) {
        return byLast.getOrDefault(tokens.word(end - 1), List.of()).stream()
                .filter(words -> isAt(tokens, end - words.size(), words))
                .mapToInt(List::size)
                .max()
                .orElse(0);
    }

    private static boolean isAt(Tokens tokens, int start, List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            if (!tokens.word(start + i).equals(words.get(i))) {
                return false;
            }
        }
        return true;
    }
}
