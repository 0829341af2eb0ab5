package dealbrain.catalog;

import dealbrain.database.Words;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A name of a part in the form in which names are compared. Names with equal keys are the same: case, trademarks,
 * spaces, hyphens, the maker and what a name says about clock rates, cores and the like make no difference.
 *
 * <p>A part whose key differs may still be meant, if its name has all words of the given one: {@code 12500T} is the
 * {@code Intel Core i5-12500T}. Only whole words count, because i5-12500 and i5-12500T are two processors. Words such
 * as {@code Super}, which distinguish two models, must be in both names or in none.
 *
 * @param key    never empty, unless the name is blank
 * @param words  those of a given name
 * @param models the words that look like the number of a model, such as 12500t
 * @param makers those that the name states or implies
 */
record PartName(String key, List<String> words, List<String> models, List<String> makers) {
    private static final Pattern TRADEMARKS = Pattern.compile("[®™©℠]|\\((?:r|tm|c)\\)", Pattern.CASE_INSENSITIVE);
    private static final Pattern SEPARATORS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");
    private static final Pattern MODEL = Pattern.compile("\\d{3}|\\d\\p{L}\\d\\d");
    private static final Pattern PAIR_OF_NUMBERS = Pattern.compile("\\d \\d");

    /** Returns the form of a name; {@code name} is a name or a label of the kind. */
    static PartName of(PartKind<?, ?> kind, String name) {
        String text = DescribedPart.parse(kind, name).map(DescribedPart::label).orElse(name);
        String plain = plain(text);
        PartNameRules rules = PartNameRules.of(kind);
        String clean = rules.clean(plain);
        List<String> words = clean.isEmpty() ? List.of() : List.of(clean.split(" "));
        List<String> models =
                words.stream().filter(word -> MODEL.matcher(word).find()).toList();
        return new PartName(key(text, plain, clean, rules), words, models, rules.makers(plain));
    }

    /** Returns the words of a text, folded and separated by blanks. */
    private static String plain(String text) {
        String folded = Words.foldName(TRADEMARKS.matcher(text).replaceAll(" "));
        String withoutRates = PartNameRules.CLOCK_RATE.matcher(folded).replaceAll(" ");
        return SEPARATORS.matcher(withoutRates).replaceAll(" ").strip();
    }

    /** A name of nothing but noise, such as "Processor", or of signs is compared as it is. */
    private static String key(String text, String plain, String clean, PartNameRules rules) {
        for (String key : List.of(rules.withoutMakers(clean), clean, plain)) {
            if (!key.isBlank()) {
                return key.replace(" ", "");
            }
        }
        return Words.foldName(text).strip();
    }

    /**
     * Returns whether the words can identify a part. A family of processors, such as i5, cannot, nor can words of
     * memory and drives: "512 GB" says no medium.
     */
    boolean isSpecific(PartKind<?, ?> kind) {
        if (kind == PartKind.RAM_SPEC || kind == PartKind.STORAGE_PROFILE) {
            return false;
        }
        return !models.isEmpty() || PartNameRules.of(kind).isEmpty();
    }

    /** Returns what a stored part must have among its {@link #indexed} words to match this name. */
    List<String> required(PartKind<?, ?> kind) {
        List<String> required = new ArrayList<>(new LinkedHashSet<>(words));
        if (!required.isEmpty()) {
            required.add(variant(kind));
        }
        return required;
    }

    /** Returns the words by which a stored part is found: also each two words as one, and its makers. */
    List<String> indexed(PartKind<?, ?> kind) {
        Set<String> indexed = new LinkedHashSet<>(words);
        for (int i = 1; i < words.size(); i++) {
            String pair = words.get(i - 1) + " " + words.get(i);
            if (!PAIR_OF_NUMBERS.matcher(pair).find()) {
                indexed.add(pair.replace(" ", ""));
            }
        }
        indexed.addAll(makers);
        indexed.add(variant(kind));
        return List.copyOf(indexed);
    }

    /** Returns the words that distinguish models, as one element that is never a word: "/", or "/super". */
    private String variant(PartKind<?, ?> kind) {
        Pattern variants = PartNameRules.of(kind).variants();
        return words.stream()
                .filter(word -> variants.matcher(word).matches())
                .sorted()
                .collect(Collectors.joining(" ", "/", ""));
    }
}
