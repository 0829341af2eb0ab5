package dealbrain.recognition;

import dealbrain.recognition.Fact.Kind;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The names of the rows in data sheets of offers, in English and German, such as "Prozessor" and "RAM size". */
final class Labels {
    private static final Map<String, Kind> KINDS = kinds();
    private static final int MAX_LENGTH = 40;
    private static final int MAX_LINES = 500;
    private static final Pattern LINE_END = Pattern.compile("\\R");

    private Labels() {}

    private static Map<String, Kind> kinds() {
        Map<String, Kind> kinds = new HashMap<>();
        put(
                kinds,
                Kind.PROCESSOR,
                "processor, cpu, prozessor, processor model, cpu model, prozessormodell, prozessortyp");
        put(kinds, Kind.PROCESSOR, "processor type, processor name, cpu typ, cpu type, chip, prozessor modell");
        put(
                kinds,
                Kind.MEMORY,
                "ram, memory, ram size, memory size, arbeitsspeicher, installed ram size, ram größe, ram memory");
        put(
                kinds,
                Kind.MEMORY,
                "arbeitsspeichergröße, installed ram, computer memory size, ram memory installed size, ram kapazität");
        put(kinds, Kind.MEMORY, "größe arbeitsspeicher, system memory, hauptspeicher");
        put(
                kinds,
                Kind.DRIVE,
                "storage, ssd capacity, hard drive capacity, storage capacity, festplatte, festplattenkapazität");
        put(
                kinds,
                Kind.DRIVE,
                "ssd kapazität, hard disk size, hard drive, ssd, speicherkapazität, festplattengröße, hard disk");
        put(
                kinds,
                Kind.DRIVE,
                "digital storage capacity, größe der festplatte, ssd größe, massenspeicher, drive, storage size");
        put(
                kinds,
                Kind.GRAPHICS,
                "gpu, graphics, graphics card, grafikkarte, grafikprozessor, dedicated graphics, grafik");
        put(kinds, Kind.GRAPHICS, "graphics coprocessor, video card, graphics processing type");
        put(kinds, Kind.FORM_FACTOR, "form factor, formfaktor, bauform, gehäuse, gehäuseform");
        put(kinds, Kind.MAKER, "brand, marke, hersteller, manufacturer, brand name");
        put(kinds, Kind.MODEL, "model, modell, model name, modellname, produktmodell");
        put(
                kinds,
                Kind.MODEL_NUMBER,
                "mpn, herstellernummer, model number, modellnummer, item model number, part number");
        put(kinds, Kind.MODEL_NUMBER, "manufacturer part number, teilenummer, herstellerartikelnummer");
        put(kinds, Kind.CONDITION, "condition, zustand, artikelzustand, item condition");
        put(kinds, Kind.SELLER, "seller, verkäufer, sold by, verkauft von, anbieter, verkauf durch, seller name");
        put(
                kinds,
                Kind.PRICE,
                "price, preis, vb, asking price, our price, unser preis, now, sofort kaufen, buy it now");
        return Map.copyOf(kinds);
    }

    private static void put(Map<String, Kind> kinds, Kind kind, String labels) {
        for (String label : labels.split(", ", -1)) {
            kinds.put(label, kind);
        }
    }

    static Optional<Kind> kind(String label) {
        if (label.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String words = Tokens.of(label).all().stream().map(Tokens.Token::text).collect(Collectors.joining(" "));
        return Optional.ofNullable(KINDS.get(words.toLowerCase(Locale.ROOT)));
    }

    /** Adds a row of a data sheet, if its label is known. */
    static void addRow(Offer offer, OfferSource source, String label, String value) {
        kind(label).ifPresent(kind -> offer.add(source, kind, value));
    }

    /** Adds those lines of a text that are rows: a label, a colon or a tab, and a value. */
    static void addRows(Offer offer, OfferSource source, String text) {
        LINE_END.splitAsStream(text).limit(MAX_LINES).forEach(line -> {
            int tab = line.indexOf('\t');
            int end = tab >= 0 ? tab : line.indexOf(':');
            if (end > 0 && end <= MAX_LENGTH) {
                addRow(offer, source, line.substring(0, end), line.substring(end + 1));
            }
        });
    }
}
