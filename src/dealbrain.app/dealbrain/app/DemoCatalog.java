package dealbrain.app;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.catalog.Catalog;
import dealbrain.catalog.CpuInput;
import dealbrain.catalog.GpuInput;
import dealbrain.catalog.PartInput;
import dealbrain.catalog.PartKind;
import dealbrain.catalog.PortsProfileInput;
import dealbrain.catalog.RamSpecInput;
import dealbrain.catalog.RulesetInput;
import dealbrain.catalog.ScoringProfileInput;
import dealbrain.catalog.StorageProfileInput;
import dealbrain.json.InputSchemas;
import dealbrain.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The parts of the demo, from the resource {@code demo-catalog.json}, each kind from small to large. The marks are
 * rounded numbers of the size that PassMark lists, good enough for comparisons.
 */
record DemoCatalog(
        List<DemoPart<CpuInput>> cpus,
        List<DemoPart<GpuInput>> gpus,
        List<DemoPart<RamSpecInput>> ramSpecs,
        List<DemoPart<StorageProfileInput>> disks,
        List<DemoPart<StorageProfileInput>> archiveDisks,
        List<DemoPart<PortsProfileInput>> portsProfiles,
        List<DemoPart<ScoringProfileInput>> scoringProfiles,
        List<DemoPart<RulesetInput>> rulesets) {

    /**
     * A part of the demo.
     *
     * @param id    that of the stored part, which may have other values if it existed before the demo
     * @param input what the demo says about the part
     */
    record DemoPart<I>(long id, I input) {}

    /** Creates the parts that do not exist, in the caller's transaction. */
    static DemoCatalog create(Catalog catalog) {
        Loader loader = new Loader(catalog, document(), new InputSchemas());
        return new DemoCatalog(
                loader.create("cpus", PartKind.CPU),
                loader.create("gpus", PartKind.GPU),
                loader.create("ram_specs", PartKind.RAM_SPEC),
                loader.create("disks", PartKind.STORAGE_PROFILE),
                loader.create("archive_disks", PartKind.STORAGE_PROFILE),
                loader.create("ports_profiles", PartKind.PORTS_PROFILE),
                loader.createProfiles(),
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
        <I extends Record & PartInput> List<DemoPart<I>> create(String member, PartKind<?, I> kind) {
            List<I> inputs = inputs(member, kind);
            return parts(catalog.findOrCreate(kind, inputs), inputs);
        }

        List<DemoPart<ScoringProfileInput>> createProfiles() {
            List<ScoringProfileInput> inputs = inputs("scoring_profiles", PartKind.SCORING_PROFILE);
            return parts(catalog.findOrCreateProfiles(inputs), inputs);
        }

        private <I extends Record & PartInput> List<I> inputs(String member, PartKind<?, I> kind) {
            return document.path(member)
                    .valueStream()
                    .map(part -> schemas.bind(part, kind.input()))
                    .toList();
        }

        private static <I> List<DemoPart<I>> parts(List<Long> ids, List<I> inputs) {
            return IntStream.range(0, ids.size())
                    .mapToObj(i -> new DemoPart<>(ids.get(i), inputs.get(i)))
                    .toList();
        }
    }
}
