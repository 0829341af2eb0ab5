package dealbrain.recognition;

import dealbrain.recognition.Absences.Part;
import dealbrain.recognition.ProcessorModels.Model;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What one text says about the processor of the offer.
 *
 * @param included the processors that the text does not exclude, such as by "up to" before
 * @param isAbsent whether the text says that there is none
 * @param isMixed  whether the text is about several machines with different parts
 */
record ProcessorReading(Tokens tokens, List<ProcessorMention> included, boolean isAbsent, boolean isMixed) {
    private static final Set<String> MIXED = Words.set(
            "mixed mix gemischt gemischte gemischtes assorted verschiedene verschiedenen various diverse misc");

    private static final Set<String> LOT =
            Words.set("lot lots bulk konvolut posten bundle paket stück stk pcs pieces units joblot batch 5x 10x 20x");

    ProcessorReading {
        included = List.copyOf(included);
    }

    static ProcessorReading of(String text) {
        Tokens tokens = ProcessorWords.correct(Tokens.of(text));
        List<ProcessorMention> all = Stream.concat(
                        ProcessorScanner.scan(tokens).stream(), AppleChips.scan(tokens).stream())
                .sorted(Comparator.comparingInt(ProcessorMention::start))
                .toList();
        return new ProcessorReading(
                tokens, included(tokens, all), Absences.of(tokens).contains(Part.PROCESSOR), isMixed(tokens));
    }

    /** Returns the mentions that nothing excludes. A list continues what excludes its first element. */
    private static List<ProcessorMention> included(Tokens tokens, List<ProcessorMention> all) {
        List<ProcessorMention> included = new ArrayList<>();
        ProcessorMention excluded = null;
        for (ProcessorMention mention : all) {
            boolean isExcluded = Exclusions.isExcluded(tokens, mention.start(), mention.end())
                    || (excluded != null
                            && Exclusions.isList(tokens, excluded.start(), excluded.end(), mention.start()));
            if (!isExcluded) {
                included.add(mention);
            }
            excluded = isExcluded ? mention : null;
        }
        return included;
    }

    private static boolean isMixed(Tokens tokens) {
        return tokens.all().stream().anyMatch(token -> MIXED.contains(token.text()))
                && tokens.all().stream().anyMatch(token -> LOT.contains(token.text()));
    }

    /** Returns the different models that the text names. */
    List<Model> models() {
        return included.stream()
                .flatMap(mention -> mention.models().stream())
                .distinct()
                .toList();
    }

    /** Returns whether the text names exactly one model, and nothing that contradicts it. */
    boolean isExact() {
        return !isAbsent && !isMixed && models().size() == 1 && isConsistent();
    }

    /** Returns whether all mentions can be the same processor. */
    boolean isConsistent() {
        return included.stream().allMatch(mention -> mention.agreesWith(included.getFirst()));
    }

    boolean isSilent() {
        return included.isEmpty() && !isAbsent;
    }

    /** Returns the first mention as it was written, with the words after it, such as "i5 12th gen". */
    String text() {
        ProcessorMention first = included.getFirst();
        return tokens.slice(first.start(), Math.min(tokens.size(), first.end() + (first.hasModel() ? 0 : 2)));
    }
}
