package dealbrain.shares;

import static java.util.Map.entry;

import dealbrain.catalog.Cpu;
import dealbrain.catalog.DdrGeneration;
import dealbrain.catalog.Gpu;
import dealbrain.catalog.Port;
import dealbrain.catalog.PortsProfile;
import dealbrain.catalog.RamSpec;
import dealbrain.catalog.StorageMedium;
import dealbrain.catalog.StorageProfile;
import dealbrain.listings.Listing;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The values of a listing as English text. An unknown value is an empty text. */
final class DealText {
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

    private DealText() {}

    static String price(Listing listing) {
        return listing.priceUsd() == null ? "" : String.format(Locale.ROOT, "$%,.2f", listing.priceUsd());
    }

    /** Returns the price of a CPU mark in cents, as it is far below a dollar. */
    static String perMark(@Nullable BigDecimal dollars) {
        return dollars == null ? "" : dollars.movePointRight(2).setScale(2, RoundingMode.HALF_UP) + " ¢";
    }

    static String number(@Nullable Integer number) {
        return number == null ? "" : String.format(Locale.ROOT, "%,d", number);
    }

    static String condition(Listing listing) {
        return switch (listing.condition()) {
            case NEW -> "New";
            case REFURB -> "Refurbished";
            case USED -> "Used";
        };
    }

    static String cpu(@Nullable Cpu cpu) {
        return cpu == null ? "" : cpu.name();
    }

    static String cpuDetails(@Nullable Cpu cpu) {
        if (cpu == null) {
            return "";
        }
        return joined(
                " · ",
                withUnit(cpu.cores(), "cores"),
                withUnit(cpu.threads(), "threads"),
                withUnit(cpu.tdpW(), "W"),
                Objects.toString(cpu.releaseYear(), null));
    }

    /** Returns the graphics card, or else the graphics unit of the CPU. */
    static String gpu(Listing listing) {
        Gpu gpu = listing.gpu();
        if (gpu != null) {
            return gpu.name();
        }
        Cpu cpu = listing.cpu();
        return cpu == null || cpu.igpuModel() == null ? "" : cpu.igpuModel();
    }

    static String ram(Listing listing) {
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

    static String storage(@Nullable Integer gigabytes, @Nullable StorageProfile profile) {
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

    static String ports(@Nullable PortsProfile profile) {
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

    /** Returns the manufacturer and the model; the manufacturer is left out if the name of the model starts with it. */
    static String model(Listing listing) {
        String model = joined(" ", listing.series(), listing.deviceModel());
        String manufacturer = listing.manufacturer();
        if (manufacturer == null || model.startsWith(manufacturer)) {
            return model;
        }
        return joined(" ", manufacturer, nullIfEmpty(model));
    }

    /** Returns the parts in one line, for link previews. */
    static String summary(Listing listing) {
        return joined(
                " · ",
                nullIfEmpty(cpu(listing.cpu())),
                nullIfEmpty(ram(listing)),
                nullIfEmpty(storage(listing.primaryStorageGb(), listing.primaryStorageProfile())),
                listing.gpu() == null ? null : listing.gpu().name(),
                condition(listing),
                nullIfEmpty(price(listing)));
    }

    private static @Nullable String nullIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }

    private static @Nullable String withUnit(@Nullable Integer number, String unit) {
        return number == null ? null : number + " " + unit;
    }

    private static String joined(String separator, @Nullable String... parts) {
        return Stream.of(parts).filter(Objects::nonNull).collect(Collectors.joining(separator));
    }

    static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
