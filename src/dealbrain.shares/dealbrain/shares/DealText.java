package dealbrain.shares;

import dealbrain.catalog.Cpu;
import dealbrain.catalog.Gpu;
import dealbrain.catalog.Port;
import dealbrain.catalog.PortsProfile;
import dealbrain.catalog.RamSpec;
import dealbrain.catalog.StorageMedium;
import dealbrain.catalog.StorageProfile;
import dealbrain.listings.Listing;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A listing in the words of people. What is not known is an empty text. */
final class DealText {
    /** How people write the usual sockets; others stand as they were typed. */
    private static final Map<String, String> PORTS = Map.of(
            "usb_a",
            "USB-A",
            "usb_c",
            "USB-C",
            "hdmi",
            "HDMI",
            "displayport",
            "DisplayPort",
            "vga",
            "VGA",
            "dvi",
            "DVI",
            "rj45",
            "RJ45",
            "thunderbolt",
            "Thunderbolt",
            "pcie_x16",
            "PCIe x16",
            "audio",
            "audio");

    private DealText() {}

    static String price(Listing listing) {
        return listing.priceUsd() == null ? "" : String.format(Locale.ROOT, "$%,.2f", listing.priceUsd());
    }

    /** In cents, as a mark costs far less than a dollar. */
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
        return cpu == null
                ? ""
                : joined(
                        " · ",
                        counted(cpu.cores(), "cores"),
                        counted(cpu.threads(), "threads"),
                        counted(cpu.tdpW(), "W"),
                        cpu.releaseYear() == null ? null : cpu.releaseYear().toString());
    }

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
            return listing.ramGb() == null ? "" : listing.ramGb() + " GB";
        }
        Integer total = listing.ramGb() != null ? listing.ramGb() : ram.totalCapacityGb();
        return joined(
                " ",
                counted(total, "GB"),
                ram.ddrGeneration().name().equals("UNKNOWN")
                        ? null
                        : ram.ddrGeneration().name(),
                ram.speedMhz() == null ? null : "at " + ram.speedMhz() + " MHz");
    }

    static String storage(@Nullable Integer gigabytes, @Nullable StorageProfile profile) {
        Integer capacity = gigabytes != null || profile == null ? gigabytes : profile.capacityGb();
        return joined(" ", capacity(capacity), profile == null ? null : medium(profile.medium()));
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

    /** The maker and the model; many models are named with their maker already. */
    static String model(Listing listing) {
        String model = joined(" ", listing.series(), listing.deviceModel());
        String maker = listing.manufacturer();
        return maker == null || model.startsWith(maker) ? model : joined(" ", maker, empty(model));
    }

    /** The parts in one line, for previews. */
    static String summary(Listing listing) {
        return joined(
                " · ",
                empty(cpu(listing.cpu())),
                empty(ram(listing)),
                empty(storage(listing.primaryStorageGb(), listing.primaryStorageProfile())),
                listing.gpu() == null ? null : listing.gpu().name(),
                condition(listing),
                empty(price(listing)));
    }

    private static @Nullable String empty(String text) {
        return text.isEmpty() ? null : text;
    }

    private static @Nullable String counted(@Nullable Integer count, String what) {
        return count == null ? null : count + " " + what;
    }

    static String joined(String separator, @Nullable String... parts) {
        List<String> known = new ArrayList<>();
        Stream.of(parts).filter(Objects::nonNull).forEach(known::add);
        return String.join(separator, known);
    }
}
