package dealbrain.app;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.catalog.Catalog;
import dealbrain.catalog.Cpu;
import dealbrain.catalog.Gpu;
import dealbrain.catalog.Part;
import dealbrain.catalog.PartInput;
import dealbrain.catalog.PartKind;
import dealbrain.catalog.PortsProfile;
import dealbrain.catalog.RamSpec;
import dealbrain.catalog.Ruleset;
import dealbrain.catalog.ScoringProfile;
import dealbrain.catalog.StorageProfile;
import dealbrain.json.InputSchemas;
import dealbrain.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/**
 * The parts of the demo, from the resource {@code demo-catalog.json}, each kind from small to large. The marks are
 * rounded numbers of the size that PassMark lists, good enough for comparisons.
 */
record DemoCatalog(
        List<Cpu> cpus,
        List<Gpu> gpus,
        List<RamSpec> ramSpecs,
        List<StorageProfile> disks,
        List<StorageProfile> archiveDisks,
        List<PortsProfile> portsProfiles,
        List<ScoringProfile> scoringProfiles,
        List<Ruleset> rulesets) {

    /** Creates the parts. */
    static DemoCatalog create(Catalog catalog) {
        Loader loader = new Loader(catalog, document(), new InputSchemas());
        return new DemoCatalog(
                loader.create("cpus", PartKind.CPU),
                loader.create("gpus", PartKind.GPU),
                loader.create("ram_specs", PartKind.RAM_SPEC),
                loader.create("disks", PartKind.STORAGE_PROFILE),
                loader.create("archive_disks", PartKind.STORAGE_PROFILE),
                loader.create("ports_profiles", PartKind.PORTS_PROFILE),
                loader.create("scoring_profiles", PartKind.SCORING_PROFILE),
                loader.create("rulesets", PartKind.RULESET));
    }

    private static JsonNode document() {
        try (InputStream in = Objects.requireNonNull(
                DemoCatalog.class.getResourceAsStream("demo-catalog.json"), "demo-catalog.json")) {
            return Json.parse(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Loader(Catalog catalog, JsonNode document, InputSchemas schemas) {
        <P extends Part, I extends Record & PartInput> List<P> create(String member, PartKind<P, I> kind) {
            return document.path(member)
                    .valueStream()
                    .map(part -> catalog.create(kind, schemas.bind(part, kind.input())))
                    .toList();
        }
    }
}
