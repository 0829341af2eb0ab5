package dealbrain.listings;

import static java.util.Map.entry;

import dealbrain.catalog.Cpu;
import dealbrain.catalog.DdrGeneration;
import dealbrain.catalog.Gpu;
import dealbrain.catalog.Port;
import dealbrain.catalog.PortsProfile;
import dealbrain.catalog.RamSpec;
import dealbrain.catalog.StorageMedium;
import dealbrain.catalog.StorageProfile;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The values of a listing as English text. An unknown value is an empty text. */
public final class DealText {
    /** The usual spelling of common port types. Other types are shown as they were entered. */
    private static final Map<String, String> PORTS = Map.ofEntries(
            entry("usb_a", "USB-A"),
            entry("usb_c", "USB-C"),
            entry("hdmi", "HDMI"),
            entry("displayport", "DisplayPort"),
            entry("vga", "VGA"),
            entry("dvi", "DVI"),
            entry("rj45", "RJ45"),
            entry("thunderbolt", "Thunderbolt"),
            entry("pcie_x16", "PCIe x16"),
            entry("audio", "audio"));

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private DealText() {}

    /** Returns the price; empty if it is unknown. */
    public static String price(Listing listing) {
        return dollars(listing.priceUsd());
    }

    public static String dollars(@Nullable BigDecimal dollars) {
        if (dollars == null) {
            return "";
        }
        return dollars.signum() == 0 ? "Free" : String.format(Locale.ROOT, "$%,.2f", dollars);
    }

    /** Returns the price of a CPU mark, mostly in cents, as it is far below a dollar; empty for what is free. */
    public static String perMark(Listing listing) {
        BigDecimal dollars = listing.dollarPerCpuMarkMulti();
        if (dollars == null || dollars.signum() == 0) {
            return "";
        }
        if (dollars.compareTo(BigDecimal.ONE) >= 0) {
            return dollars(dollars);
        }
        BigDecimal cents = dollars.movePointRight(2).setScale(2, RoundingMode.HALF_UP);
        return cents.signum() == 0 ? "< 0.01 ¢" : cents + " ¢";
    }

    /** Returns the day in UTC, such as {@code 31 January 2026}. */
    public static String date(@Nullable Instant time) {
        return time == null ? "" : DAY.format(time);
    }

    public static String number(@Nullable Integer number) {
        return number == null ? "" : String.format(Locale.ROOT, "%,d", number);
    }

    /** Returns the condition; empty if it is not stated. */
    public static String condition(Listing listing) {
        return switch (listing.condition()) {
            case null -> "";
            case NEW -> "New";
            case REFURB -> "Refurbished";
            case USED -> "Used";
        };
    }

    /** Returns why the listing cannot be bought; empty if it can. */
    public static String unavailability(Listing listing) {
        return switch (listing.status()) {
            case ACTIVE -> "";
            case PENDING -> "Sale pending";
            case ARCHIVED -> "No longer available";
        };
    }

    public static String cpu(@Nullable Cpu cpu) {
        return cpu == null ? "" : cpu.name();
    }

    public static String cpuDetails(@Nullable Cpu cpu) {
        if (cpu == null) {
            return "";
        }
        return joined(
                " · ",
                counted(cpu.cores(), "core"),
                counted(cpu.threads(), "thread"),
                withUnit(cpu.tdpW(), "W"),
                Objects.toString(cpu.releaseYear(), null));
    }

    /** Returns the graphics card, or else the graphics unit of the CPU. */
    public static String gpu(Listing listing) {
        Gpu gpu = listing.gpu();
        if (gpu != null) {
            return gpu.name();
        }
        Cpu cpu = listing.cpu();
        return cpu == null || cpu.igpuModel() == null ? "" : cpu.igpuModel();
    }

    public static String ram(Listing listing) {
        RamSpec ram = listing.ramSpec();
        if (ram == null) {
            return joined(" ", withUnit(listing.ramGb(), "GB"));
        }
        Integer capacity = listing.ramGb() != null ? listing.ramGb() : ram.totalCapacityGb();
        boolean hasGeneration = ram.ddrGeneration() != DdrGeneration.UNKNOWN;
        return joined(
                " ",
                withUnit(capacity, "GB"),
                hasGeneration ? ram.ddrGeneration().name() : null,
                ram.speedMhz() == null ? null : "at " + ram.speedMhz() + " MHz");
    }

    public static String storage(@Nullable Integer gigabytes, @Nullable StorageProfile profile) {
        if (profile == null) {
            return joined(" ", capacity(gigabytes));
        }
        Integer capacity = gigabytes != null ? gigabytes : profile.capacityGb();
        return joined(" ", capacity(capacity), medium(profile.medium()));
    }

    private static @Nullable String capacity(@Nullable Integer gigabytes) {
        if (gigabytes == null) {
            return null;
        }
        return gigabytes >= 1000 && gigabytes % 1000 == 0 ? gigabytes / 1000 + " TB" : gigabytes + " GB";
    }

    private static @Nullable String medium(StorageMedium medium) {
        return switch (medium) {
            case NVME -> "NVMe SSD";
            case SATA_SSD -> "SATA SSD";
            case HDD -> "hard disk";
            case HYBRID -> "hybrid drive";
            case EMMC -> "eMMC";
            case UFS -> "UFS";
            case UNKNOWN -> null;
        };
    }

    public static String ports(@Nullable PortsProfile profile) {
        return profile == null
                ? ""
                : profile.ports().stream().map(DealText::port).collect(Collectors.joining(", "));
    }

    private static String port(Port port) {
        String name = PORTS.getOrDefault(port.type().toLowerCase(Locale.ROOT), port.type());
        return joined(
                " ",
                port.count() > 1 ? port.count() + " ×" : null,
                name,
                port.specNotes() == null ? null : "(" + port.specNotes() + ")");
    }

    /** Returns manufacturer, series and model, without the words that one of them repeats of those before it. */
    public static String model(Listing listing) {
        return String.join(" ", modelWords(listing));
    }

    /** Returns the number of the model, without the words that {@link #model} has already. */
    public static String modelNumber(Listing listing) {
        List<String> model = modelWords(listing);
        List<String> words = new ArrayList<>(model);
        append(words, words(listing.modelNumber()));
        return String.join(" ", words.subList(model.size(), words.size()));
    }

    private static List<String> modelWords(Listing listing) {
        List<String> words = new ArrayList<>();
        for (String part : Arrays.asList(listing.manufacturer(), listing.series(), listing.deviceModel())) {
            append(words, words(part));
        }
        return words;
    }

    private static List<String> words(@Nullable String text) {
        return text == null || text.isBlank() ? List.of() : List.of(text.strip().split("\\s+", -1));
    }

    /** Appends the words that do not follow each other in {@code words} already. */
    private static void append(List<String> words, List<String> more) {
        if (Collections.indexOfSubList(folded(words), folded(more)) >= 0) {
            return;
        }
        if (startsWith(more, words)) {
            words.clear();
        }
        int repeated = Math.min(words.size(), more.size());
        while (!startsWith(more, words.subList(words.size() - repeated, words.size()))) {
            repeated--;
        }
        words.addAll(more.subList(repeated, more.size()));
    }

    private static boolean startsWith(List<String> words, List<String> start) {
        return start.size() <= words.size()
                && folded(words.subList(0, start.size())).equals(folded(start));
    }

    private static List<String> folded(List<String> words) {
        return words.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
    }

    /** Returns the parts in one line, for link previews. */
    public static String summary(Listing listing) {
        return joined(
                " · ",
                nullIfEmpty(unavailability(listing)),
                nullIfEmpty(cpu(listing.cpu())),
                nullIfEmpty(ram(listing)),
                nullIfEmpty(storage(listing.primaryStorageGb(), listing.primaryStorageProfile())),
                listing.gpu() == null ? null : listing.gpu().name(),
                nullIfEmpty(condition(listing)),
                nullIfEmpty(price(listing)));
    }

    private static @Nullable String nullIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }

    private static @Nullable String counted(@Nullable Integer number, String thing) {
        return withUnit(number, number != null && number == 1 ? thing : thing + "s");
    }

    private static @Nullable String withUnit(@Nullable Integer number, String unit) {
        return number == null ? null : number + " " + unit;
    }

    private static String joined(String separator, @Nullable String... parts) {
        return Stream.of(parts).filter(Objects::nonNull).collect(Collectors.joining(separator));
    }

    public static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
