package dealbrain.recognition;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Sets of words. */
final class Words {
    private Words() {}

    /** @param words in lower case, separated by blanks */
    static Set<String> set(String words) {
        return Arrays.stream(words.strip().split("\\s+", -1)).collect(Collectors.toUnmodifiableSet());
    }
}
