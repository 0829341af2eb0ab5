package dealbrain.catalog;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Memory or a drive that is described well enough to be created: memory by its capacity, a drive by its capacity and
 * medium.
 *
 * @param input      with a label
 * @param capacityGb the capacity in all, in GB
 */
public record DescribedPart(PartInput input, String label, int capacityGb) {

    /**
     * Reads a text such as "16 GB DDR4-3200", "2x8GB DDR4 3200" or "512 GB NVMe". Returns empty for a text that says
     * less, or anything else, and for kinds of parts that have names.
     */
    public static Optional<DescribedPart> parse(PartKind<?, ?> kind, String text) {
        if (kind == PartKind.RAM_SPEC) {
            return RamText.parse(text).flatMap(DescribedPart::ofRam);
        }
        return kind == PartKind.STORAGE_PROFILE
                ? StorageText.parse(text).flatMap(DescribedPart::ofStorage)
                : Optional.empty();
    }

    /** Completes an input. Returns empty if it says too little, and for kinds of parts that have names. */
    public static Optional<DescribedPart> of(PartInput input) {
        return switch (input) {
            case RamSpecInput ram -> ofRam(ram);
            case StorageProfileInput storage -> ofStorage(storage);
            default -> Optional.empty();
        };
    }

    private static Optional<DescribedPart> ofRam(RamSpecInput ram) {
        Integer total = total(ram);
        if (total == null) {
            return Optional.empty();
        }
        String label = ram.label() == null ? RamText.label(ram, total) : ram.label();
        RamSpecInput complete = new RamSpecInput(
                label, ram.ddrGeneration(), ram.speedMhz(), ram.moduleCount(), ram.capacityPerModuleGb(), total);
        return Optional.of(new DescribedPart(complete, label, total));
    }

    private static @Nullable Integer total(RamSpecInput ram) {
        if (ram.totalCapacityGb() != null || ram.moduleCount() == null || ram.capacityPerModuleGb() == null) {
            return ram.totalCapacityGb();
        }
        int total = ram.moduleCount() * ram.capacityPerModuleGb();
        return total <= RamText.MAX_GB ? total : null;
    }

    private static Optional<DescribedPart> ofStorage(StorageProfileInput storage) {
        Integer capacity = storage.capacityGb();
        if (capacity == null || storage.medium() == StorageMedium.UNKNOWN) {
            return Optional.empty();
        }
        String label = storage.label() == null ? StorageText.label(storage, capacity) : storage.label();
        StorageProfileInput complete = new StorageProfileInput(
                label, storage.medium(), storage.bus(), storage.formFactor(), capacity, storage.performanceTier());
        return Optional.of(new DescribedPart(complete, label, capacity));
    }
}
