package dealbrain.listings;

import dealbrain.catalog.DdrGeneration;
import dealbrain.catalog.RamSpec;
import dealbrain.catalog.StorageMedium;
import dealbrain.catalog.StorageProfile;
import dealbrain.json.Json;
import dealbrain.valuation.RuleComponent;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The label of a component of a listing in its valuation, such as {@code 32 GB DDR4}. */
final class ComponentLabel {
    private ComponentLabel() {}

    static String of(RuleComponent component, Listing listing) {
        return switch (component) {
            case RAM -> ram(listing);
            case PRIMARY_STORAGE -> storage(listing.primaryStorageGb(), listing.primaryStorageProfile());
            case SECONDARY_STORAGE -> storage(listing.secondaryStorageGb(), listing.secondaryStorageProfile());
            case GPU -> listing.gpu() == null ? "graphics card" : listing.gpu().name();
            case CPU -> listing.cpu() == null ? "processor" : listing.cpu().name();
            case OS_LICENSE -> attribute(listing, component, "operating system licence");
            case OTHER -> attribute(listing, component, "other parts");
        };
    }

    private static String ram(Listing listing) {
        RamSpec spec = listing.ramSpec();
        String generation = spec == null || spec.ddrGeneration() == DdrGeneration.UNKNOWN
                ? "RAM"
                : spec.ddrGeneration().name();
        Integer gigabytes = listing.ramGb();
        if (gigabytes == null && spec != null) {
            gigabytes = spec.capacityGb();
        }
        return withCapacity(gigabytes, generation);
    }

    private static String storage(@Nullable Integer stated, @Nullable StorageProfile profile) {
        Integer gigabytes = stated == null && profile != null ? profile.capacityGb() : stated;
        return withCapacity(gigabytes, profile == null ? "drive" : medium(profile.medium()));
    }

    private static String medium(StorageMedium medium) {
        return switch (medium) {
            case NVME -> "NVMe SSD";
            case SATA_SSD -> "SATA SSD";
            case HDD -> "hard disk";
            case HYBRID -> "hybrid drive";
            case EMMC -> "eMMC";
            case UFS -> "UFS";
            case UNKNOWN -> "drive";
        };
    }

    private static String withCapacity(@Nullable Integer gigabytes, String name) {
        if (gigabytes == null) {
            return name;
        }
        boolean isWholeTerabytes = gigabytes >= 1000 && gigabytes % 1000 == 0;
        return (isWholeTerabytes ? gigabytes / 1000 + " TB " : gigabytes + " GB ") + name;
    }

    private static String attribute(Listing listing, RuleComponent component, String name) {
        if (listing.attributes() == null) { // they are the owner's alone
            return name;
        }
        byte[] attributes = listing.attributes().text().getBytes(StandardCharsets.UTF_8);
        String text = Json.parse(attributes)
                .path(component.name().toLowerCase(Locale.ROOT))
                .textValue();
        return text == null ? name : text.strip();
    }
}
