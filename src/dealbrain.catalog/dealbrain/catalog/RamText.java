package dealbrain.catalog;

import static java.lang.Integer.parseInt;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Memory in words, such as "16 GB DDR4-3200", "2x8GB DDR4 3200" or "32GB PC4-25600 SODIMM". */
final class RamText {
    /** The most that the catalog stores. */
    static final int MAX_GB = 65_536;

    private static final String GB = " ?g(?:i?b)?\\b";
    private static final Pattern MODULES_FIRST = Pattern.compile("\\b(\\d{1,2}) ?[x×*] ?(\\d{1,4})" + GB);
    private static final Pattern MODULES_LAST = Pattern.compile("\\b(\\d{1,4})" + GB + " ?[x×*] ?(\\d{1,2})\\b");
    private static final Pattern CAPACITY = Pattern.compile("\\b(\\d{1,5}) ?(gi?b?|ti?b)\\b");
    private static final Pattern GENERATION =
            Pattern.compile("\\b(lp)?ddr ?([345])(x|l)?\\b(?: ?(\\d{3,5})(?!\\d| ?[gt]i?b?\\b))?(?: ?(?:mhz|mt ?s))?");
    private static final Pattern HIGH_BANDWIDTH = Pattern.compile("\\bhbm([23])e?\\b");
    private static final Pattern MODULE_NAME = Pattern.compile("\\bpc([345])l? ?(\\d{4,5})[a-z]{0,2}\\b");
    private static final Pattern SPEED = Pattern.compile("\\b(\\d{3,5}) ?(?:mhz|mt ?s)\\b");
    private static final Pattern NUMBER = Pattern.compile("\\b(\\d{4})\\b");
    private static final Pattern NOISE = Pattern.compile("\\b(?:ram|memory|(?:arbeits|haupt)?speicher|s?dram|mhz"
            + "|(?:so|u|r|lr)? ?dimms?|ecc|non|unbuffered|registered|dual|single|quad|channel|kit|modules?|of|mit|with"
            + "|desktop|laptop|notebook)\\b");

    private static final List<Integer> SPEEDS = List.of(
            800, 1066, 1333, 1600, 1866, 2133, 2400, 2666, 2933, 3200, 3600, 4000, 4400, 4800, 5200, 5600, 6000, 6400);
    /** A module PC4-25600 transfers 25600 MB/s, eight bytes at a time; a PC4-3200 has its speed in the name. */
    private static final int MIN_BANDWIDTH = 8500;

    private RamText() {}

    /** Returns what a text says; empty if it does not say how much, or says anything else. */
    static Optional<RamSpecInput> parse(String text) {
        Phrase phrase = new Phrase(text);
        Optional<MatchResult> modules = phrase.take(MODULES_FIRST);
        Optional<MatchResult> reversed = modules.isPresent() ? Optional.empty() : phrase.take(MODULES_LAST);
        Integer count = modules.map(found -> parseInt(found.group(1)))
                .or(() -> reversed.map(found -> parseInt(found.group(2))))
                .orElse(null);
        Integer each = modules.map(found -> parseInt(found.group(2)))
                .or(() -> reversed.map(found -> parseInt(found.group(1))))
                .orElse(null);
        Integer total = phrase.take(CAPACITY).map(RamText::gigabytes).orElse(null);
        Technology technology = technology(phrase);
        return phrase.isNothingBut(NOISE) ? spec(technology, count, each, total) : Optional.empty();
    }

    /** The generation, and the speed if it is stated. */
    private record Technology(
            DdrGeneration generation, @Nullable Integer speedMhz) {}

    private static Technology technology(Phrase phrase) {
        Optional<MatchResult> named = phrase.take(GENERATION);
        Optional<MatchResult> module = phrase.take(MODULE_NAME);
        DdrGeneration generation = named.map(RamText::generation)
                .or(() -> module.map(found -> DdrGeneration.valueOf("DDR" + found.group(1))))
                .or(() -> phrase.take(HIGH_BANDWIDTH).map(found -> DdrGeneration.valueOf("HBM" + found.group(1))))
                .orElse(DdrGeneration.UNKNOWN);
        Integer speed = named.map(found -> found.group(4))
                .map(Integer::valueOf)
                .or(() -> module.map(RamText::speed))
                .or(() -> phrase.take(SPEED).map(found -> parseInt(found.group(1))))
                .or(() -> named.flatMap(_ -> phrase.take(NUMBER)).map(found -> parseInt(found.group(1))))
                .orElse(null);
        return new Technology(generation, speed);
    }

    private static DdrGeneration generation(MatchResult found) {
        boolean isLowPower = found.group(1) != null;
        String suffix = isLowPower && "x".equals(found.group(3)) ? "X" : "";
        if (isLowPower && found.group(2).equals("3")) {
            return DdrGeneration.UNKNOWN; // the catalog has no LPDDR3
        }
        return DdrGeneration.valueOf((isLowPower ? "LPDDR" : "DDR") + found.group(2) + suffix);
    }

    private static Integer speed(MatchResult module) {
        int number = parseInt(module.group(2));
        if (number < MIN_BANDWIDTH) {
            return number;
        }
        return SPEEDS.stream()
                .min(Comparator.comparingInt(speed -> Math.abs(8 * speed - number)))
                .orElseThrow();
    }

    private static int gigabytes(MatchResult capacity) {
        return parseInt(capacity.group(1)) * (capacity.group(2).startsWith("t") ? 1024 : 1);
    }

    private static Optional<RamSpecInput> spec(
            Technology technology, @Nullable Integer count, @Nullable Integer each, @Nullable Integer stated) {
        Integer product = count == null || each == null ? null : Integer.valueOf(count * each);
        Integer total = stated == null ? product : stated;
        boolean isPossible = total != null
                && (product == null || product.equals(total))
                && (count == null || count <= 64)
                && total > 0
                && total <= MAX_GB;
        return isPossible
                ? Optional.of(
                        new RamSpecInput(null, technology.generation(), technology.speedMhz(), count, each, total))
                : Optional.empty();
    }

    /** Returns the words for memory, which {@link #parse} reads. */
    static String label(RamSpecInput ram, int totalGb) {
        StringBuilder label = new StringBuilder().append(totalGb).append(" GB");
        if (ram.ddrGeneration() == DdrGeneration.UNKNOWN) {
            label.append(ram.speedMhz() == null ? " RAM" : " RAM " + ram.speedMhz() + " MHz");
        } else {
            label.append(' ').append(ram.ddrGeneration());
            label.append(ram.speedMhz() == null ? "" : "-" + ram.speedMhz());
        }
        if (ram.moduleCount() != null && ram.capacityPerModuleGb() != null) {
            label.append(" (" + ram.moduleCount() + " × " + ram.capacityPerModuleGb() + " GB)");
        }
        return label.toString();
    }
}
