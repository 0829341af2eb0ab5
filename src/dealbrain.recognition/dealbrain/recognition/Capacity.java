package dealbrain.recognition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A size in gigabytes, such as {@code 16GB}, {@code 2 x 8 GB}, {@code 1,5 TB} and both numbers of {@code 16/512}. A
 * terabyte is 1000 GB on drives, which is what is printed on them.
 *
 * @param count the number of modules or drives of this size
 * @param start the first word
 * @param end   the word after it
 */
record Capacity(int gb, int count, int start, int end) {
    private static final int MAX_COUNT = 8;
    private static final int MAX_GB = 100_000;

    private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,5})(gb|tb|go|gib|tib|gig|g|to)(.{0,12})");
    private static final Pattern MULTIPLIED = Pattern.compile("([1-8])x([0-9]{1,4})(gb|tb|g)?(.{0,12})");
    private static final Pattern COUNT = Pattern.compile("([1-8])x");
    /** What is written directly after a size, as in {@code 16gbram}. */
    private static final Set<String> GLUED =
            Words.set("ram ddr ddr3 ddr4 ddr5 ssd hdd nvme emmc m2 memory x sata festplatte arbeitsspeicher");

    private static final Set<String> UNITS = Words.set("gb tb go gib tib gig gigs gigabyte gigabytes terabyte to g");
    /** After a size in bits or a frequency: {@code 2.5G LAN}, {@code 10G SFP+}, {@code 16 GB/s}. */
    private static final Set<String> OTHER_UNITS =
            Words.set("lan sfp ethernet nic gbe rj45 s hz ghz bit port network lte net ports wlan wifi");

    private static final Set<Integer> MEMORY = Set.of(2, 4, 6, 8, 12, 16, 20, 24, 32, 36, 40, 48, 64, 96, 128);
    private static final Set<Integer> DRIVES =
            Set.of(120, 128, 180, 240, 250, 256, 320, 480, 500, 512, 960, 1000, 1024, 2000, 2048, 4000, 4096);

    int total() {
        return gb * count;
    }

    static boolean isAt(Tokens tokens, int index) {
        return index < tokens.size() && (at(tokens, index).isPresent() || count(tokens, index) > 0);
    }

    /** Returns all sizes of a text, in its order. */
    static List<Capacity> of(Tokens tokens) {
        List<Capacity> all = new ArrayList<>();
        for (int i = 0; i < tokens.size(); ) {
            List<Capacity> pair = pair(tokens, i);
            all.addAll(pair);
            i = pair.isEmpty() ? i + 1 : pair.getLast().end();
        }
        return all;
    }

    /** Returns both sizes of "16/512" and "8+256", or the one size at the index, if there is one. */
    private static List<Capacity> pair(Tokens tokens, int index) {
        Optional<Capacity> first = at(tokens, index);
        int next = first.map(Capacity::end).orElse(index + 1);
        String gap = tokens.gap(next).strip();
        if (!gap.equals("/") && !gap.equals("+")) {
            return first.stream().toList();
        }
        Optional<Capacity> memory = first.or(() -> number(tokens, index, MEMORY));
        Optional<Capacity> drive = at(tokens, next).or(() -> number(tokens, next, DRIVES));
        boolean isPair = memory.isPresent()
                && drive.isPresent()
                && (MEMORY.contains(memory.get().gb()) || first.isPresent())
                && (first.isPresent() || drive.get().gb() > memory.get().gb());
        return isPair ? List.of(memory.get(), drive.get()) : first.stream().toList();
    }

    private static Optional<Capacity> number(Tokens tokens, int index, Set<Integer> allowed) {
        if (index >= tokens.size()
                || tokens.word(index).length() > 4
                || !tokens.get(index).isNumber()) {
            return Optional.empty();
        }
        int value = Integer.parseInt(tokens.word(index));
        return allowed.contains(value) && !UNITS.contains(tokens.word(index + 1)) && !isFraction(tokens, index)
                ? Optional.of(new Capacity(value, 1, index, index + 1))
                : Optional.empty();
    }

    private static boolean isFraction(Tokens tokens, int index) {
        String gap = tokens.gap(index);
        return (gap.equals(".") || gap.equals(",")) && tokens.get(index - 1).isNumber();
    }

    /** Returns the size that starts at the index. */
    private static Optional<Capacity> at(Tokens tokens, int index) {
        int count = count(tokens, index);
        if (count > 0) {
            int times = tokens.word(index).endsWith("x") ? 1 : 2;
            return amount(tokens, index + times).map(each -> new Capacity(each.gb, count, index, each.end));
        }
        Matcher multiplied = MULTIPLIED.matcher(tokens.word(index));
        if (multiplied.matches() && isSize(multiplied, tokens.word(index + 1))) {
            boolean hasUnit = multiplied.group(3) != null;
            String unit = hasUnit ? multiplied.group(3) : tokens.word(index + 1);
            return gb(multiplied.group(2), "", unit)
                    .map(gb ->
                            new Capacity(gb, Integer.parseInt(multiplied.group(1)), index, index + (hasUnit ? 1 : 2)));
        }
        return amount(tokens, index);
    }

    private static boolean isSize(Matcher multiplied, String next) {
        String rest = multiplied.group(4);
        return multiplied.group(3) != null
                ? rest.isEmpty() || GLUED.contains(rest)
                : rest.isEmpty() && UNITS.contains(next);
    }

    /** Returns the number of "2x" and "2 x" before a size; 0 for none. */
    private static int count(Tokens tokens, int index) {
        Matcher glued = COUNT.matcher(tokens.word(index));
        boolean isSpaced = tokens.word(index + 1).equals("x")
                && tokens.word(index).length() == 1
                && Tokens.isDigit(tokens.word(index).charAt(0));
        int times = glued.matches() ? 1 : isSpaced ? 2 : 0;
        if (times == 0 || amount(tokens, index + times).isEmpty()) {
            return 0;
        }
        int count = tokens.word(index).charAt(0) - '0';
        return count <= MAX_COUNT ? count : 0;
    }

    /** Returns a size without a multiplier: "16gb", "16 gb", "1.5 tb". */
    private static Optional<Capacity> amount(Tokens tokens, int index) {
        if (index >= tokens.size() || isFraction(tokens, index)) {
            return Optional.empty();
        }
        boolean hasFraction = isFraction(tokens, index + 1) || isFractionWithUnit(tokens, index + 1);
        int last = hasFraction ? index + 1 : index;
        String whole = hasFraction ? tokens.word(index) : "";
        Matcher amount = AMOUNT.matcher(tokens.word(last));
        if (amount.matches() && (amount.group(3).isEmpty() || GLUED.contains(amount.group(3)))) {
            return sized(tokens, whole, amount.group(1), amount.group(2), index, last + 1);
        }
        boolean isSpaced =
                isDigits(tokens.word(last)) && UNITS.contains(tokens.word(last + 1)) && tokens.isTight(last + 1);
        return isSpaced
                ? sized(tokens, whole, tokens.word(last), tokens.word(last + 1), index, last + 2)
                : Optional.empty();
    }

    private static boolean isFractionWithUnit(Tokens tokens, int index) {
        String gap = tokens.gap(index);
        return (gap.equals(".") || gap.equals(","))
                && isDigits(tokens.word(index - 1))
                && AMOUNT.matcher(tokens.word(index)).matches();
    }

    private static boolean isDigits(String word) {
        return !word.isEmpty() && word.length() <= 5 && word.chars().allMatch(Tokens::isDigit);
    }

    private static Optional<Capacity> sized(
            Tokens tokens, String whole, String digits, String unit, int start, int end) {
        boolean isBits = unit.equals("g") && !whole.isEmpty();
        boolean isOther = OTHER_UNITS.contains(tokens.word(end)) && tokens.isJoined(end) && unit.startsWith("g");
        boolean isTo = unit.equals("to") && !tokens.word(end - 1).equals("to");
        boolean isFrenchTo = unit.equals("to") && digits.length() == 1;
        if (isBits || isOther || (unit.equals("to") && !isTo && !isFrenchTo)) {
            return Optional.empty();
        }
        return whole.isEmpty()
                ? gb(digits, "", unit).map(gb -> new Capacity(gb, 1, start, end))
                : gb(whole, digits, unit).map(gb -> new Capacity(gb, 1, start, end));
    }

    private static Optional<Integer> gb(String whole, String fraction, String unit) {
        if (whole.isEmpty() || whole.length() > 5) {
            return Optional.empty();
        }
        double number = Double.parseDouble(whole + "." + (fraction.isEmpty() ? "0" : fraction));
        double gb = unit.startsWith("t") ? number * 1000 : number;
        return gb >= 1 && gb <= MAX_GB && gb == Math.rint(gb) ? Optional.of((int) gb) : Optional.empty();
    }
}
