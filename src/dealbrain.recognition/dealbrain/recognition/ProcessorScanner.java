package dealbrain.recognition;

import dealbrain.recognition.ProcessorModels.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds processors in a text. A model is found first, by its letters and digits, and then the brand before it. So a
 * number that is no model, such as that of an OptiPlex 7010, is never one, even after "i5". Linear in the words.
 */
final class ProcessorScanner {
    private static final ProcessorModels MODELS = ProcessorModels.ALL;
    private static final int MAX_JOINED = 3;
    private static final int MAX_BEFORE = 8;

    private static final Set<String> FILLERS = Words.set("""
            intel amd cpu processor prozessor proc apu vpro v pro quad hexa octa dual six eight ten core cores kern kerne
            quadcore hexacore sixcore octacore gen generation generations gener th mobile desktop modell model typ type
            serie series tray boxed embedded ai hx max mit
            """);

    private static final Pattern GENERATION = Pattern.compile("[0-9]{1,2}(?:th|st|nd|rd|gen|g|te|er)?+|gen[0-9]{1,2}");
    private static final Pattern AMD_TIER = Pattern.compile("r[3579]");
    private static final Pattern APU = Pattern.compile("a1?[0-9]");
    private static final Set<String> TIERS = Set.of("3", "5", "7", "9");
    private static final Set<String> COUNTED = Words.set("gen generation core cores kern kerne th c");

    private static final Set<String> GRAPHICS =
            Words.set("rtx gtx gt rx radeon geforce quadro nvidia firepro wx arc tesla vega hd uhd");

    /** After the number of an HP machine, as in "ProBook 650 G2". */
    private static final Set<String> MACHINE_GENERATION = Words.set("g1 g2 g3 g4 g5 g6 g7 g8 g9 g10 g11");

    private static final Set<String> MAKERS = Words.set("intel amd core cpu prozessor processor xeon");

    private static final Set<String> UNITS = Words.set("mhz ghz gb tb mb mt w watt rpm");
    /** What is sold under these names, too: network adapters. */
    private static final Set<String> NETWORK_NAMES = Set.of("n150", "n300", "n100", "n200");

    private static final Set<String> NETWORK =
            Words.set("wifi wlan wireless adapter router tp stick usb repeater mbit");
    /** Suffixes that other things have, too: those of memory, of graphics cards, of other processors. */
    private static final Pattern COMMON_SUFFIX = Pattern.compile("[0-9]+(?:xt|e|m|b|v)");

    private static final Pattern FREE_MODEL = Pattern.compile("[a-z]?[0-9]{4,5}[a-z]{0,4}[0-9]?[a-z]?|n[0-9]{2,3}");
    private static final Pattern JOINED_BY_SPACE =
            Pattern.compile("[a-z]{1,3}|[a-z]?[0-9]{4,5}[a-z]{0,2}|v[0-9]?|[0-9]");
    private static final Set<String> VAGUE_BRANDS = Words.set("i3 i5 i7 i9 ryzen ultra");

    private final Tokens tokens;
    private final List<ProcessorMention> found = new ArrayList<>();

    private ProcessorScanner(Tokens tokens) {
        this.tokens = tokens;
    }

    /** Returns the processors in a text of {@link ProcessorWords#correct}, in its order, with and without a model. */
    static List<ProcessorMention> scan(Tokens tokens) {
        ProcessorScanner scanner = new ProcessorScanner(tokens);
        scanner.findModels();
        return scanner.withVague();
    }

    private void findModels() {
        for (int i = 0; i < tokens.size(); ) {
            ProcessorMention mention = modelAt(i);
            if (mention == null) {
                i++;
            } else {
                found.add(mention);
                i = mention.end();
            }
        }
    }

    private @Nullable ProcessorMention modelAt(int start) {
        for (int length = MAX_JOINED; length > 0; length--) {
            String key = key(start, length);
            List<Model> models = MODELS.find(key);
            if (!models.isEmpty()) {
                ProcessorMention mention = mention(models, key, start, start + length);
                if (mention != null) {
                    return mention;
                }
            }
        }
        return null;
    }

    /** Returns the letters and digits of some words, if they can be parts of one model; else "". */
    private String key(int start, int length) {
        if (start + length > tokens.size()) {
            return "";
        }
        StringBuilder key = new StringBuilder(tokens.word(start));
        for (int i = start + 1; i < start + length; i++) {
            if (!tokens.isTight(i) || !alternates(tokens.word(i - 1), tokens.word(i)) || !isJoinable(i)) {
                return "";
            }
            key.append(tokens.word(i));
        }
        return key.toString();
    }

    private static boolean alternates(String before, String after) {
        return Tokens.isDigit(before.charAt(before.length() - 1)) != Tokens.isDigit(after.charAt(0));
    }

    /** A blank joins only what is long enough: not "N 100", but "G 4400" and "8500 T". */
    private boolean isJoinable(int index) {
        return tokens.gap(index).equals("-")
                || (JOINED_BY_SPACE.matcher(tokens.word(index)).matches()
                        && JOINED_BY_SPACE.matcher(tokens.word(index - 1)).matches());
    }

    /** Returns the mention of those models that fit to the words before them; null if none does. */
    private @Nullable ProcessorMention mention(List<Model> models, String key, int start, int end) {
        if (UNITS.contains(tokens.word(end)) && tokens.isTight(end) && isNumber(key)) {
            return null; // "i5 2400 MHz"
        }
        Before before = before(start);
        if (before.brand.isEmpty()) {
            return isAlternative(models, key, start)
                    ? mention(ofSameBrand(models), before, start, end)
                    : isFree(key, start, end) ? mention(free(models), before, start, end) : null;
        }
        boolean isCard = isNumber(key)
                && key.length() == 3
                && AMD_TIER.matcher(tokens.word(start - 1)).matches();
        boolean isMachine =
                isNumber(key) && !tokens.gap(start).contains("-") && MACHINE_GENERATION.contains(tokens.word(end));
        return isMachine || isCard // "Radeon R7 250"
                ? null
                : mention(fitting(models, before, end), before, start, end);
    }

    private static @Nullable ProcessorMention mention(List<Model> models, Before before, int start, int end) {
        return models.isEmpty()
                ? null
                : new ProcessorMention(models, before.brand, before.tier, Math.min(before.start, start), end);
    }

    private static boolean isNumber(String key) {
        return key.chars().allMatch(Tokens::isDigit);
    }

    /** The second of "i5-6500/7500" and of "i5-6500 or 7500". */
    private boolean isAlternative(List<Model> models, String key, int start) {
        if (found.isEmpty() || !isNumber(key)) {
            return false;
        }
        ProcessorMention last = found.getLast();
        boolean isSlash = last.end() == start && tokens.gap(start).strip().equals("/");
        boolean isOr = last.end() == start - 1 && Set.of("or", "oder").contains(tokens.word(start - 1));
        return (isSlash || isOr) && !ofSameBrand(models).isEmpty();
    }

    private List<Model> ofSameBrand(List<Model> models) {
        ProcessorMention last = found.getLast();
        return models.stream()
                .filter(model -> model.isOf(last.brand(), last.tier()))
                .limit(1)
                .toList();
    }

    /** Returns whether a model without a brand is unmistakable, such as 8500T and N100. */
    private boolean isFree(String key, int start, int end) {
        if (isNumber(key)) {
            return key.length() == 5
                    && Set.of("intel", "core").contains(tokens.word(start - 1))
                    && tokens.isJoined(start);
        }
        if (COMMON_SUFFIX.matcher(key).matches() || !FREE_MODEL.matcher(key).matches()) {
            return false;
        }
        boolean isNetwork = NETWORK_NAMES.contains(key)
                && (NETWORK.contains(tokens.word(end))
                        || NETWORK.contains(tokens.word(start - 1))
                        || key.equals("n300"));
        return !isNetwork && !GRAPHICS.contains(tokens.word(start - 1));
    }

    private static List<Model> free(List<Model> models) {
        List<Model> free = models.stream().filter(Model::unmistakable).toList();
        return free.size() == models.size() ? preferred(free, false) : List.of();
    }

    private List<Model> fitting(List<Model> models, Before before, int end) {
        boolean isPro = before.words.contains("pro") || (tokens.word(end).equals("pro") && tokens.isTight(end));
        List<Model> fitting = models.stream()
                .filter(model -> model.isOf(before.brand, before.tier))
                .filter(model -> model.modes().contains("ai") == before.words.contains("ai"))
                .toList();
        return preferred(fitting, isPro);
    }

    /** Of models with and without PRO returns those that are written; if there is only one of them, it is meant. */
    private static List<Model> preferred(List<Model> models, boolean isPro) {
        List<Model> written =
                models.stream().filter(model -> model.isPro() == isPro).toList();
        return written.isEmpty() ? models : written;
    }

    /** What is before a model: the brand and its tier, such as "ryzen" and "5", and where they start. */
    private record Before(String brand, String tier, Set<String> words, int start) {}

    /** Goes back over the words that are usual between a brand and a model, to the brand. */
    private Before before(int start) {
        List<String> words = new ArrayList<>();
        String tier = "";
        for (int i = start - 1; i >= Math.max(0, start - MAX_BEFORE) && tokens.isJoined(i + 1); i--) {
            String word = tokens.word(i);
            if (AMD_TIER.matcher(word).matches()) {
                return new Before("ryzen", word.substring(1), Set.copyOf(words), withMaker(i));
            }
            if (isSplitTier(i)) {
                return new Before("i" + tokens.word(i), "", Set.copyOf(words), withMaker(i - 1));
            }
            if (MODELS.isBrand(word) && !(word.equals("core") && !isTier(tier))) {
                if (APU.matcher(word).matches()) {
                    words.add(tokens.word(i - 1)); // "PRO A10-8770E"
                }
                return new Before(word, tier, Set.copyOf(words), withMaker(i));
            }
            if (!FILLERS.contains(word) && !isGeneration(i)) {
                break;
            }
            tier = isTier(word) && !isCounted(i) ? word : tier;
            words.add(word);
        }
        return new Before("", "", Set.of(), start);
    }

    private static boolean isTier(String word) {
        return TIERS.contains(word);
    }

    /** The 5 of "i 5 8500T". */
    private boolean isSplitTier(int index) {
        return isTier(tokens.word(index)) && tokens.word(index - 1).equals("i") && tokens.isTight(index);
    }

    private boolean isGeneration(int index) {
        return GENERATION.matcher(tokens.word(index)).matches() && (isTier(tokens.word(index)) || isCounted(index));
    }

    /** Returns whether a number is that of a generation or of cores: "10th", "8. Gen", "gen 8", "6-core". */
    private boolean isCounted(int index) {
        return !tokens.get(index).isNumber()
                || COUNTED.contains(tokens.word(index + 1))
                || tokens.word(index - 1).equals("gen");
    }

    private int withMaker(int start) {
        int first = start;
        while (first > 0 && MAKERS.contains(tokens.word(first - 1)) && tokens.isJoined(first)) {
            first--;
        }
        return first;
    }

    /** Adds the brands that are followed by no model, such as the "i5" of "i5 12th gen". */
    private List<ProcessorMention> withVague() {
        List<ProcessorMention> all = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < tokens.size(); i++) {
            if (next < found.size() && i >= found.get(next).start()) {
                ProcessorMention mention = found.get(next++);
                all.add(mention);
                i = Math.max(i, mention.end() - 1);
            } else if (VAGUE_BRANDS.contains(tokens.word(i))) {
                String tier = isTier(tokens.word(i + 1)) && tokens.isJoined(i + 1) ? tokens.word(i + 1) : "";
                if (!tokens.word(i).equals("ultra") || !tier.isEmpty()) {
                    all.add(new ProcessorMention(List.of(), tokens.word(i), tier, withMaker(i), i + 1));
                }
            }
        }
        return all;
    }
}
