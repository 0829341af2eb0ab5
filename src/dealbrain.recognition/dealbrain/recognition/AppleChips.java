package dealbrain.recognition;

import dealbrain.recognition.ProcessorModels.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds the processors of Apple, whose names are short: M1 in a text about a Mac is one, M.2 and "M2 SSD" are not. */
final class AppleChips {
    private static final Set<String> MACS = Words.set("apple mac macs macbook macbooks imac imacs ipad macmini macpro");
    private static final Set<String> CHIPS = Set.of("m1", "m2", "m3", "m4", "m5");
    private static final Set<String> VARIANTS = Set.of("pro", "max", "ultra");
    private static final Set<String> DRIVES = Words.set("ssd nvme sata slot drive 2280 2242 key pcie hdd");

    private AppleChips() {}

    static List<ProcessorMention> scan(Tokens tokens) {
        if (tokens.all().stream().noneMatch(token -> MACS.contains(token.text()))) {
            return List.of();
        }
        List<ProcessorMention> found = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            if (CHIPS.contains(tokens.word(i)) && !DRIVES.contains(tokens.word(i + 1))) {
                found.add(mention(tokens, i));
            }
        }
        return found;
    }

    private static ProcessorMention mention(Tokens tokens, int start) {
        String chip = tokens.word(start);
        String variant = tokens.word(start + 1);
        boolean hasVariant = VARIANTS.contains(variant) && tokens.isTight(start + 1);
        String name = "Apple M" + chip.charAt(1) + (hasVariant ? " " + capitalised(variant) : "");
        Model model = new Model(name, Set.of("apple"), "", Set.of(), true);
        return new ProcessorMention(List.of(model), "apple", "", start, start + (hasVariant ? 2 : 1));
    }

    private static String capitalised(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
