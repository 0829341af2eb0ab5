package dealbrain.recognition;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the sizes in a text are the sizes of: memory, drives, or memory of a graphics card. */
record CapacityUse(Capacity capacity, Use use) {
    /** The use of a size. */
    enum Use {
        MEMORY,
        NVME,
        SSD,
        HDD,
        EMMC,
        DRIVE,
        GRAPHICS,
        UNKNOWN;

        boolean isDrive() {
            return this == NVME || this == SSD || this == HDD || this == EMMC || this == DRIVE;
        }
    }

    private static final Map<String, Use> LABELS = Map.ofEntries(
            Map.entry("ram", Use.MEMORY),
            Map.entry("memory", Use.MEMORY),
            Map.entry("arbeitsspeicher", Use.MEMORY),
            Map.entry("hauptspeicher", Use.MEMORY),
            Map.entry("ddr", Use.MEMORY),
            Map.entry("ddr2", Use.MEMORY),
            Map.entry("ddr3", Use.MEMORY),
            Map.entry("ddr3l", Use.MEMORY),
            Map.entry("ddr4", Use.MEMORY),
            Map.entry("ddr5", Use.MEMORY),
            Map.entry("lpddr3", Use.MEMORY),
            Map.entry("lpddr4", Use.MEMORY),
            Map.entry("lpddr4x", Use.MEMORY),
            Map.entry("lpddr5", Use.MEMORY),
            Map.entry("lpddr5x", Use.MEMORY),
            Map.entry("sodimm", Use.MEMORY),
            Map.entry("dimm", Use.MEMORY),
            Map.entry("udimm", Use.MEMORY),
            Map.entry("rdimm", Use.MEMORY),
            Map.entry("ecc", Use.MEMORY),
            Map.entry("unified", Use.MEMORY),
            Map.entry("nvme", Use.NVME),
            Map.entry("pcie", Use.NVME),
            Map.entry("optane", Use.NVME),
            Map.entry("m2", Use.SSD),
            Map.entry("ssd", Use.SSD),
            Map.entry("msata", Use.SSD),
            Map.entry("flash", Use.SSD),
            Map.entry("hdd", Use.HDD),
            Map.entry("festplatte", Use.HDD),
            Map.entry("sshd", Use.HDD),
            Map.entry("sata", Use.DRIVE),
            Map.entry("platte", Use.DRIVE),
            Map.entry("hard", Use.DRIVE),
            Map.entry("drive", Use.DRIVE),
            Map.entry("disk", Use.DRIVE),
            Map.entry("storage", Use.DRIVE),
            Map.entry("emmc", Use.EMMC),
            Map.entry("gddr5", Use.GRAPHICS),
            Map.entry("gddr6", Use.GRAPHICS),
            Map.entry("gddr6x", Use.GRAPHICS),
            Map.entry("vram", Use.GRAPHICS));

    private static final Set<String> ALTERNATIVES = Set.of("or", "oder", "to", "bis");
    /** After them, a label is about something else: "8GB, no HDD". */
    private static final Set<String> ENDS =
            Words.set("no ohne without kein keine keinen and und with mit plus or oder w sans incl inkl for für");

    private static final int MAX_DISTANCE = 3;
    private static final int MAX_SIZES = 40;
    /** Above it, a size without a label is that of a drive. */
    private static final int MOST_MEMORY = 128;

    /** Returns the sizes of a text that nothing excludes, with their uses, in its order. */
    static List<CapacityUse> of(Tokens tokens) {
        List<Capacity> all = Capacity.of(tokens).stream()
                .limit(MAX_SIZES)
                .filter(each -> !Exclusions.isExcluded(tokens, each.start(), each.end()))
                .toList();
        boolean labelsFirst = hasLabelsFirst(tokens, all);
        List<CapacityUse> uses = new ArrayList<>();
        int free = 0;
        for (int i = 0; i < all.size(); i++) {
            int next = i + 1 < all.size() ? all.get(i + 1).start() : tokens.size();
            Labelled labelled = use(tokens, all.get(i), free, next, labelsFirst);
            uses.add(new CapacityUse(all.get(i), labelled.use()));
            free = Math.max(all.get(i).end(), labelled.end());
        }
        return withUnlabelled(withAlternatives(tokens, uses));
    }

    /** A use, and the word after the label that says it. */
    private record Labelled(Use use, int end) {}

    /** The first size of "8GB or 16GB RAM" is one of memory, too. */
    private static List<CapacityUse> withAlternatives(Tokens tokens, List<CapacityUse> uses) {
        List<CapacityUse> all = new ArrayList<>(uses);
        for (int i = all.size() - 2; i >= 0; i--) {
            Capacity capacity = all.get(i).capacity;
            Capacity next = all.get(i + 1).capacity;
            boolean isOr = next.start() == capacity.end() + 1 && ALTERNATIVES.contains(tokens.word(capacity.end()));
            boolean isMemory = all.get(i + 1).use == Use.MEMORY && capacity.total() <= MOST_MEMORY;
            if (all.get(i).use == Use.UNKNOWN && isOr && isMemory) {
                all.set(i, new CapacityUse(capacity, Use.MEMORY));
            }
        }
        return all;
    }

    /** "RAM 16GB SSD 256GB": a label is before the first size, and none after the last. */
    private static boolean hasLabelsFirst(Tokens tokens, List<Capacity> all) {
        return !all.isEmpty()
                && before(tokens, all.getFirst().start(), 0, 1) != Use.UNKNOWN
                && after(tokens, all.getLast(), tokens.size()).use() == Use.UNKNOWN;
    }

    private static Labelled use(Tokens tokens, Capacity capacity, int free, int next, boolean labelsFirst) {
        Use glued = glued(tokens.word(capacity.end() - 1));
        if (glued != Use.UNKNOWN) {
            return new Labelled(glued, capacity.end());
        }
        Labelled after = after(tokens, capacity, next);
        Use before = before(tokens, capacity.start(), free, labelsFirst ? MAX_DISTANCE : 1);
        boolean isBefore = before != Use.UNKNOWN && (labelsFirst || after.use() == Use.UNKNOWN);
        return isBefore ? new Labelled(before, capacity.end()) : after;
    }

    /** The label in {@code 16gbram}. */
    private static Use glued(String word) {
        for (int i = 1; i < word.length(); i++) {
            if (word.startsWith("gb", i) || word.startsWith("tb", i)) {
                return LABELS.getOrDefault(word.substring(i + 2), Use.UNKNOWN);
            }
        }
        return Use.UNKNOWN;
    }

    /** Returns the most exact label of the words after a size: "512GB M.2 NVMe SSD" is an NVMe drive. */
    private static Labelled after(Tokens tokens, Capacity capacity, int next) {
        Use found = Use.UNKNOWN;
        int last = capacity.end();
        int end = Math.min(next, capacity.end() + MAX_DISTANCE + 1);
        for (int i = capacity.end(); i < end && isNear(tokens, i); i++) {
            if (ENDS.contains(tokens.word(i))) {
                break;
            }
            Use use = label(tokens, i);
            if (use != Use.UNKNOWN) {
                if (found != Use.UNKNOWN && use.isDrive() != found.isDrive()) {
                    break;
                }
                found = isMoreExact(use, found) ? use : found;
                last = i + 1;
            }
        }
        return new Labelled(found, last);
    }

    private static boolean isMoreExact(Use use, Use found) {
        return found == Use.UNKNOWN || (found.isDrive() && use == Use.NVME) || found == Use.DRIVE;
    }

    private static Use before(Tokens tokens, int start, int free, int distance) {
        for (int i = start - 1; i >= Math.max(free, start - distance) && isNear(tokens, i + 1); i--) {
            Use use = label(tokens, i);
            if (use != Use.UNKNOWN) {
                return use;
            }
        }
        return Use.UNKNOWN;
    }

    private static Use label(Tokens tokens, int index) {
        boolean isM2 = tokens.word(index).equals("m") && tokens.word(index + 1).equals("2");
        return isM2 ? Use.SSD : LABELS.getOrDefault(tokens.word(index), Use.UNKNOWN);
    }

    private static boolean isNear(Tokens tokens, int index) {
        return tokens.isJoined(index) || tokens.gap(index).strip().equals("/");
    }

    /** Decides on sizes without a label by their order and by what is usual: memory first, drives larger. */
    private static List<CapacityUse> withUnlabelled(List<CapacityUse> uses) {
        List<CapacityUse> decided = new ArrayList<>(uses);
        boolean hasMemory = uses.stream().anyMatch(each -> each.use == Use.MEMORY);
        for (int i = 0; i < decided.size(); i++) {
            CapacityUse each = decided.get(i);
            if (each.use == Use.UNKNOWN) {
                boolean isMemory = !hasMemory && each.capacity.total() <= MOST_MEMORY && !isAlone(uses, each);
                hasMemory |= isMemory;
                decided.set(i, new CapacityUse(each.capacity, isMemory ? Use.MEMORY : unlabelledDrive(uses, each)));
            }
        }
        return decided;
    }

    /** A size of 120 or 128 GB, alone or with smaller ones, is that of a drive. */
    private static boolean isAlone(List<CapacityUse> uses, CapacityUse each) {
        return each.capacity.total() >= 120
                && uses.stream().noneMatch(other -> other.capacity.total() > each.capacity.total());
    }

    /** A size too small for a drive, beside known memory, says nothing. */
    private static Use unlabelledDrive(List<CapacityUse> uses, CapacityUse each) {
        int memory = uses.stream()
                .filter(other -> other.use == Use.MEMORY)
                .mapToInt(other -> other.capacity.total())
                .max()
                .orElse(0);
        return each.capacity.gb() >= 120 || (each.capacity.gb() >= 32 && each.capacity.gb() > memory)
                ? Use.DRIVE
                : Use.UNKNOWN;
    }
}
