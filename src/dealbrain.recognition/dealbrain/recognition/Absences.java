package dealbrain.recognition;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The parts that an offer does not include, such as "no RAM/SSD", "ohne CPU und Festplatte" and "CPU not included". */
final class Absences {
    /** A kind of part that offers say to be missing. */
    enum Part {
        PROCESSOR,
        MEMORY,
        DRIVE,
        OTHER
    }

    private static final Set<String> NEGATIONS =
            Words.set("no without ohne kein keine keinen keiner sans missing fehlt fehlen fehlende");

    private static final Phrases NEGATED_AFTER = Phrases.of("""
            not included, not incl, is not included, are not included, nicht enthalten, nicht dabei, nicht inklusive,
            nicht vorhanden, nicht im lieferumfang, removed, entfernt, wurde entfernt, wurden entfernt, missing, fehlt,
            fehlen, less, sold separately, not installed, nicht verbaut""");

    private static final Map<String, Part> PARTS = Map.ofEntries(
            Map.entry("cpu", Part.PROCESSOR),
            Map.entry("cpus", Part.PROCESSOR),
            Map.entry("processor", Part.PROCESSOR),
            Map.entry("processors", Part.PROCESSOR),
            Map.entry("prozessor", Part.PROCESSOR),
            Map.entry("prozessoren", Part.PROCESSOR),
            Map.entry("ram", Part.MEMORY),
            Map.entry("memory", Part.MEMORY),
            Map.entry("arbeitsspeicher", Part.MEMORY),
            Map.entry("speicher", Part.MEMORY),
            Map.entry("ssd", Part.DRIVE),
            Map.entry("ssds", Part.DRIVE),
            Map.entry("hdd", Part.DRIVE),
            Map.entry("hdds", Part.DRIVE),
            Map.entry("hd", Part.DRIVE),
            Map.entry("drive", Part.DRIVE),
            Map.entry("drives", Part.DRIVE),
            Map.entry("disk", Part.DRIVE),
            Map.entry("storage", Part.DRIVE),
            Map.entry("nvme", Part.DRIVE),
            Map.entry("festplatte", Part.DRIVE),
            Map.entry("festplatten", Part.DRIVE),
            Map.entry("platte", Part.DRIVE),
            Map.entry("laufwerk", Part.DRIVE));

    private static final Set<String> OTHERS = Words.set("""
            os windows win betriebssystem charger psu netzteil power adapter caddy wifi wlan gpu graphics grafikkarte keyboard
            maus tastatur cable kabel optical dvd operating system hard antenna heatsink cooler lizenz license
            """);

    /** What is missing is the cooler of the processor, not the processor. */
    private static final Set<String> ACCESSORIES = Words.set(
            "cooler coolers fan fans heatsink kühler lüfter kühlkörper caddy cover slot bay blende deckel cable");

    private static final Set<String> CONNECTORS = Words.set("or and und oder noch nor no ohne kein keine");

    private static final int MAX_LIST = 12;

    private Absences() {}

    static Set<Part> of(Tokens tokens) {
        Set<Part> absent = EnumSet.noneOf(Part.class);
        for (int i = 0; i < tokens.size(); i++) {
            if (isNegation(tokens, i)) {
                addList(tokens, i + 1, absent);
            } else if (isPart(tokens, i) && NEGATED_AFTER.at(tokens, i + 1) > 0 && isAdjacent(tokens, i + 1)) {
                absent.add(partAt(tokens, i));
            }
        }
        absent.remove(Part.OTHER);
        return absent;
    }

    /** Also "w/o". */
    private static boolean isNegation(Tokens tokens, int index) {
        boolean isSlashO = tokens.word(index).equals("o")
                && tokens.word(index - 1).equals("w")
                && tokens.gap(index).equals("/");
        return isSlashO || NEGATIONS.contains(tokens.word(index));
    }

    /** Adds the parts of a list, until a word that is no part, or one that is followed by its size. */
    private static void addList(Tokens tokens, int start, Set<Part> absent) {
        for (int i = start; i < Math.min(start + MAX_LIST, tokens.size()) && isAdjacent(tokens, i); i++) {
            if (isPart(tokens, i) && !ACCESSORIES.contains(tokens.word(i + 1)) && !Capacity.isAt(tokens, i + 1)) {
                absent.add(partAt(tokens, i));
            } else if (!CONNECTORS.contains(tokens.word(i)) && !OTHERS.contains(tokens.word(i))) {
                return;
            }
        }
    }

    private static boolean isPart(Tokens tokens, int index) {
        return PARTS.containsKey(tokens.word(index));
    }

    private static Part partAt(Tokens tokens, int index) {
        return PARTS.getOrDefault(tokens.word(index), Part.OTHER);
    }

    private static boolean isAdjacent(Tokens tokens, int index) {
        return tokens.gap(index).chars().noneMatch(c -> c == ';' || c == '|' || c == ')' || c == '\n' || c == '(');
    }
}
