package dealbrain.transfer;

import dealbrain.csv.CsvFile;
import dealbrain.http.ProblemException;
import dealbrain.json.InputError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The columns of a file. Case, spaces and punctuation of their names do not matter; usual English and German names are
 * known too.
 *
 * @param columns  the columns by their index in the file
 * @param ignored  the names of the other columns
 * @param isGerman whether one of the names is German
 */
record ListingHeader(Map<Integer, ListingColumn> columns, List<String> ignored, boolean isGerman) {
    private static final String ENGLISH = """
            title: name, offer, description
            price_usd: price, price in usd, cost
            price_date: date, price as of, date of price
            condition: item condition
            status: listing status, offer status
            cpu: processor
            gpu: graphics, graphics card, video card
            ram_gb: memory gb
            ram_spec: ram, memory
            primary_storage_gb: storage gb, ssd gb, drive gb
            primary_storage_profile: primary storage, storage, drive, disk, ssd, hdd
            secondary_storage_profile: secondary storage, second drive, second disk
            ports_profile: ports
            manufacturer: brand, maker
            device_model: model, device
            model_number: part number, mpn
            seller: vendor, dealer
            marketplace: platform
            vendor_item_id: item id, item number, asin
            listing_url: url, link, address
            thumbnail_url: image, image url, thumbnail, picture
            notes: note, comment, comments, remarks
            active_profile: scoring profile, profile
            adjusted_price_usd: adjusted price
            score_composite: score
            perf_per_watt: performance per watt
            """;

    private static final String GERMAN = """
            title: Titel, Bezeichnung, Angebot
            price_usd: Preis, Preis in USD
            price_date: Datum, Preisdatum, Preis vom, Stand
            condition: Zustand
            status: Angebotsstatus
            cpu: Prozessor
            gpu: Grafik, Grafikkarte
            ram_gb: Arbeitsspeicher GB, RAM in GB
            ram_spec: Arbeitsspeicher, Hauptspeicher
            primary_storage_gb: Festplatte GB, Laufwerk GB
            primary_storage_profile: Festplatte, Laufwerk, Massenspeicher
            secondary_storage_gb: zweite Festplatte GB
            secondary_storage_profile: zweite Festplatte, 2. Festplatte, zweites Laufwerk
            ports_profile: Anschlüsse
            manufacturer: Hersteller, Marke
            device_model: Modell, Gerät
            series: Serie, Baureihe
            model_number: Modellnummer, Modell-Nr, Teilenummer
            form_factor: Bauform, Formfaktor, Gehäuse
            seller: Verkäufer, Händler, Anbieter
            marketplace: Marktplatz, Plattform
            vendor_item_id: Artikelnummer, Artikel-Nr, Angebotsnummer, Anzeigennummer
            listing_url: Adresse, Webadresse
            thumbnail_url: Bild, Bild-URL, Foto
            notes: Notiz, Notizen, Anmerkung, Anmerkungen, Bemerkung, Bemerkungen, Kommentar
            attributes: Eigenschaften
            active_profile: Profil, Bewertungsprofil
            ruleset: Regelwerk
            adjusted_price_usd: bereinigter Preis
            score_composite: Bewertung, Punkte
            perf_per_watt: Leistung pro Watt
            """;

    private static final Map<String, ListingColumn> GERMAN_NAMES = names(GERMAN);
    private static final Map<String, ListingColumn> ENGLISH_NAMES = names(ENGLISH);

    /** Prices of other currencies must not be read as dollars. */
    private static final Pattern CURRENCY = Pattern.compile("[\\p{Sc}&&[^$]]|(?i:\\bin )?\\b(?i:EUR|Euro|GBP|CHF)\\b");

    static {
        ListingColumn.ALL.forEach(column -> ENGLISH_NAMES.put(folded(column.name()), column));
    }

    ListingHeader {
        columns = new LinkedHashMap<>(columns);
        ignored = List.copyOf(ignored);
    }

    private static Map<String, ListingColumn> names(String table) {
        Map<String, ListingColumn> names = new HashMap<>();
        table.lines().forEach(line -> {
            String[] parts = line.split(": ", 2);
            for (String name : parts[1].split(", ", -1)) {
                names.put(folded(name), column(parts[0]));
            }
        });
        return names;
    }

    private static ListingColumn column(String name) {
        return ListingColumn.ALL.stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no column " + name));
    }

    private static String folded(String name) {
        return CsvFile.key(name)
                .replace("_", "")
                .replace("\u00E4", "ae")
                .replace("\u00F6", "oe")
                .replace("\u00FC", "ue")
                .replace("\u00DF", "ss");
    }

    /**
     * Reads the header of a file.
     *
     * @throws ProblemException invalid, if there is no title, two columns are the same, or a price is not in dollars
     */
    static ListingHeader of(CsvFile file) {
        Map<Integer, ListingColumn> columns = new LinkedHashMap<>();
        Map<ListingColumn, String> seen = new HashMap<>();
        List<String> ignored = new ArrayList<>();
        List<InputError> errors = new ArrayList<>();
        boolean isGerman = false;
        for (int i = 0; i < file.header().size(); i++) {
            String name = file.header().get(i);
            String folded = folded(CURRENCY.matcher(name).replaceAll(""));
            ListingColumn column = ENGLISH_NAMES.getOrDefault(folded, GERMAN_NAMES.get(folded));
            if (column == null) {
                ignored.add(name);
                continue;
            }
            isGerman |= !ENGLISH_NAMES.containsKey(folded);
            columns.put(i, column);
            String earlier = seen.put(column, name);
            if (earlier != null) {
                errors.add(error(column, "the columns '" + earlier + "' and '" + name + "' are both " + column.name()));
            }
            if (CURRENCY.matcher(name).find()) {
                errors.add(error(column, column.name() + " must be in US dollars, the column is '" + name + "'"));
            }
        }
        if (!seen.containsKey(ListingColumn.ALL.getFirst())) {
            errors.add(error(ListingColumn.ALL.getFirst(), "the file must have a column title"));
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        ignored.removeIf(String::isEmpty);
        return new ListingHeader(columns, ignored, isGerman);
    }

    private static InputError error(ListingColumn column, String detail) {
        return InputError.at("/1/" + column.name(), detail);
    }
}
