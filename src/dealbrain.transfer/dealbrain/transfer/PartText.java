package dealbrain.transfer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.catalog.Cpu;
import dealbrain.catalog.DescribedPart;
import dealbrain.catalog.Gpu;
import dealbrain.catalog.Part;
import dealbrain.catalog.PartInput;
import dealbrain.catalog.PartKind;
import dealbrain.catalog.PortsProfile;
import dealbrain.catalog.RamSpec;
import dealbrain.catalog.RamSpecInput;
import dealbrain.catalog.Ruleset;
import dealbrain.catalog.ScoringProfile;
import dealbrain.catalog.StorageProfile;
import dealbrain.catalog.StorageProfileInput;
import dealbrain.json.Json;
import org.jspecify.annotations.Nullable;

/** The text of a part in a file, which an import finds the part by. */
final class PartText {
    private PartText() {}

    static @Nullable String of(@Nullable Part part) {
        return switch (part) {
            case null -> null;
            case Cpu cpu -> cpu.name();
            case Gpu gpu -> gpu.name();
            case PortsProfile ports -> ports.name();
            case ScoringProfile scoring -> scoring.name();
            case Ruleset ruleset -> ruleset.name();
            case RamSpec ram ->
                described(
                        PartKind.RAM_SPEC,
                        new RamSpecInput(
                                null,
                                ram.ddrGeneration(),
                                ram.speedMhz(),
                                ram.moduleCount(),
                                ram.capacityPerModuleGb(),
                                ram.totalCapacityGb()));
            case StorageProfile storage ->
                described(
                        PartKind.STORAGE_PROFILE,
                        new StorageProfileInput(
                                null,
                                storage.medium(),
                                storage.bus(),
                                storage.formFactor(),
                                storage.capacityGb(),
                                storage.performanceTier()));
        };
    }

    /** Returns the natural key of memory or a drive: in words if they say all of it, else as JSON. */
    private static String described(PartKind<?, ?> kind, PartInput key) {
        return DescribedPart.of(key)
                .map(DescribedPart::label)
                .filter(label -> DescribedPart.parse(kind, label)
                        .filter(parsed -> fields(parsed.input()).equals(fields(key)))
                        .isPresent())
                .orElseGet(() -> fields(key).toString());
    }

    private static ObjectNode fields(PartInput key) {
        ObjectNode fields = (ObjectNode) Json.tree(key);
        fields.remove("label");
        fields.properties().removeIf(field -> field.getValue().isNull());
        return fields;
    }
}
