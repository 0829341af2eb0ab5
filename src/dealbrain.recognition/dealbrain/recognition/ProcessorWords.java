package dealbrain.recognition;

import dealbrain.recognition.Tokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Corrects how processors are written in offers: separates words that are written as one, such as {@code i7vpro} and
 * {@code 8500t16gb}, and replaces frequent misspellings.
 */
final class ProcessorWords {
    private static final int LONGEST = 40;

    private static final Map<String, String> SPELLINGS = Map.ofEntries(
            Map.entry("rizen", "ryzen"),
            Map.entry("ryzon", "ryzen"),
            Map.entry("rysen", "ryzen"),
            Map.entry("ryzn", "ryzen"),
            Map.entry("razen", "ryzen"),
            Map.entry("celleron", "celeron"),
            Map.entry("celron", "celeron"),
            Map.entry("celeorn", "celeron"),
            Map.entry("selleron", "celeron"),
            Map.entry("celerone", "celeron"),
            Map.entry("pentuim", "pentium"),
            Map.entry("pentum", "pentium"),
            Map.entry("pentiun", "pentium"),
            Map.entry("pentinum", "pentium"),
            Map.entry("xenon", "xeon"),
            Map.entry("xeron", "xeon"),
            Map.entry("athalon", "athlon"),
            Map.entry("c2d", "core2"),
            Map.entry("c2q", "core2"));

    /** Each matches a whole word of at most {@link #LONGEST} characters; its groups become words. */
    private static final List<Pattern> GLUED = patterns(
            "(core)?([il][3579])(v?pro)?([0-9o]{3,5}[a-z]{0,3}[0-9]?)?",
            "(core)(2)(duo|quad)([eq][0-9]{4}s?)?",
            "(core)([3579])([0-9]{3}[a-z])?",
            "(core)?(ultra)([3579])?([0-9]{3}[a-z]{0,2})?",
            "(amd)?(ryzen)([3579])?(pro)?([0-9]{3,4}[a-z]{0,3})?",
            "(r[3579])(pro)?([0-9]{4}[a-z]{0,3})",
            "(r[3579])(pro)",
            "(pro)([0-9]{4}[a-z]{1,2})",
            "(pentium|celeron|athlon|atom)(gold|silver)?([a-z]?[0-9]{3,4}[a-z]{0,2})?",
            "(intel)(n[0-9]{2,3})",
            "(xeon)?(e[357])(v?[0-9]{4}[a-z]?)(v[2-6])?",
            "(xeon)?(e)(2[1-4][0-9]{2}[a-z]{0,3})",
            "(xeon)?(w)([0-9]{4,5}[a-z]{0,2})",
            "(a1?[024689])([0-9]{4}[a-z]?)",
            "(fx)([0-9]{4}e?)",
            "(gx)([0-9]{3}[a-z]{2})",
            "([0-9]{4,5}[a-z]{1,3})([0-9]{1,4}(?:gb|tb|ram).{0,10})",
            "([0-9]{4,5}[a-z]{1,2})(cpu|ram|ssd|tiny|micro|mini)");

    private static List<Pattern> patterns(String... texts) {
        return List.of(texts).stream().map(Pattern::compile).toList();
    }

    private static final Pattern MODEL = Pattern.compile("[a-z]?[0-9]{3,5}[a-z]{0,3}[0-9]?");
    private static final Pattern WITH_LETTER_O = Pattern.compile("[0-9][0-9o]{2,4}[a-z]{0,2}");
    private static final Pattern MISREAD_TIER = Pattern.compile("[l1][3579]");

    private static final Set<String> CORE_2 = Set.of("duo", "quad", "extreme");

    private ProcessorWords() {}

    /** Returns the text with corrected words. */
    static Tokens correct(Tokens tokens) {
        List<Token> corrected = new ArrayList<>(tokens.size());
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            String spelled = spelled(tokens, i);
            if (isMixed(spelled)) {
                addParts(corrected, token, spelled);
            } else {
                corrected.add(with(token, spelled));
            }
        }
        return tokens.with(withCore2(corrected));
    }

    /** Returns "core 2 duo" and "core 2 quad" as one word, which is the brand. */
    private static List<Token> withCore2(List<Token> words) {
        List<Token> merged = new ArrayList<>(words.size());
        for (int i = 0; i < words.size(); i++) {
            boolean isCore2 = words.get(i).is("core")
                    && i + 1 < words.size()
                    && words.get(i + 1).is("2");
            boolean isNamed = isCore2
                    && i + 2 < words.size()
                    && CORE_2.contains(words.get(i + 2).text());
            merged.add(isCore2 ? with(words.get(i), "core2") : words.get(i));
            i += isNamed ? 2 : isCore2 ? 1 : 0;
        }
        return merged;
    }

    /** Returns a word without a misspelling; {@code l5} and {@code 15} are {@code i5} if a model of it follows. */
    private static String spelled(Tokens tokens, int index) {
        String word = tokens.word(index);
        if (MISREAD_TIER.matcher(word).matches()
                && tokens.gap(index + 1).strip().equals("-")) {
            String brand = "i" + word.charAt(1);
            return ProcessorModels.ALL.isModelOf(tokens.word(index + 1), brand) ? brand : word;
        }
        return SPELLINGS.getOrDefault(word, word);
    }

    /** Only words with letters and digits are written as one. */
    private static boolean isMixed(String word) {
        return word.length() > 1
                && word.length() <= LONGEST
                && (word.chars().anyMatch(Tokens::isDigit) || word.startsWith("ryzen") || word.startsWith("core"))
                && !word.chars().allMatch(Tokens::isDigit);
    }

    private static Token with(Token token, String text) {
        return new Token(text, token.gap(), token.start(), token.end());
    }

    private static void addParts(List<Token> corrected, Token token, String word) {
        for (Pattern pattern : GLUED) {
            Matcher matcher = pattern.matcher(word);
            if (matcher.matches() && isProcessor(matcher)) {
                addGroups(corrected, token, matcher);
                return;
            }
        }
        corrected.add(with(token, zeros(word)));
    }

    /** Returns whether the part with many digits is a model, or only brands were written. */
    private static boolean isProcessor(Matcher matcher) {
        List<String> parts = parts(matcher);
        for (int i = 0; i < parts.size(); i++) {
            if (MODEL.matcher(parts.get(i)).matches()) {
                boolean hasVersion = i + 1 < parts.size() && parts.get(i + 1).startsWith("v");
                String key = parts.get(i) + (hasVersion ? parts.get(i + 1) : "");
                return !ProcessorModels.ALL.find(key).isEmpty();
            }
        }
        return parts.size() > 1;
    }

    private static List<String> parts(Matcher matcher) {
        List<String> parts = new ArrayList<>();
        for (int i = 1; i <= matcher.groupCount(); i++) {
            if (matcher.group(i) != null) {
                parts.add(zeros(matcher.group(i)));
            }
        }
        return parts;
    }

    /** Replaces the letter O by the digit in models, as in {@code 85OOT}, and the letter L in {@code l5}. */
    private static String zeros(String word) {
        if (word.length() == 2 && word.charAt(0) == 'l') {
            return "i" + word.charAt(1);
        }
        return word.indexOf('o') > 0 && WITH_LETTER_O.matcher(word).matches() ? word.replace('o', '0') : word;
    }

    private static void addGroups(List<Token> corrected, Token token, Matcher matcher) {
        String gap = token.gap();
        for (String part : parts(matcher)) {
            corrected.add(new Token(part, gap, token.start(), token.end()));
            gap = "";
        }
    }
}
