package dealbrain.recognition;

import com.fasterxml.jackson.databind.node.LongNode;
import dealbrain.catalog.Catalog;
import dealbrain.catalog.PartKind;
import dealbrain.catalog.PartResolution;
import dealbrain.catalog.PartResolution.Basis;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Replaces the names of recognised parts by those of the catalog. Thread-safe. */
final class PartLookup {
    private static final int MAX_CANDIDATES = 5;

    private record Field(String name, PartKind<?, ?> kind, String noun) {}

    private static final List<Field> FIELDS =
            List.of(new Field("cpu", PartKind.CPU, "processor"), new Field("gpu", PartKind.GPU, "graphics card"));

    private final Catalog catalog;

    PartLookup(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Sets the ids of the recognised parts in the draft, and those of the candidates. A part that is not in the catalog
     * is left out and reported. One statement for each kind of part that was recognised or is a candidate.
     */
    void resolve(Findings findings) {
        FIELDS.forEach(field -> resolve(field, findings));
    }

    private void resolve(Field field, Findings findings) {
        List<String> recognised = findings.recognised().stream()
                .filter(value -> value.field().equals(field.name()))
                .map(RecognisedValue::value)
                .toList();
        List<String> candidates = findings.removeCandidates(field.name());
        List<String> names = Stream.concat(recognised.stream(), candidates.stream())
                .distinct()
                .toList();
        Map<String, PartResolution> found = catalog.resolve(field.kind(), names);
        recognised.forEach(name -> set(field, name, Objects.requireNonNull(found.get(name)), findings));
        candidates.forEach(name -> findings.candidate(new PartCandidate(field.name(), id(found.get(name)), name)));
    }

    /** Returns the id of the part with the name: one that only has its words may be another, such as M2 and M2 Pro. */
    private static @Nullable Long id(@Nullable PartResolution resolution) {
        return resolution != null && resolution.basis() == Basis.NAME ? resolution.id() : null;
    }

    private static void set(Field field, String name, PartResolution resolution, Findings findings) {
        Long id = id(resolution);
        if (id != null) {
            findings.set(field.name() + "_id", LongNode.valueOf(id));
            return;
        }
        if (resolution.id() != null) {
            findings.candidate(new PartCandidate(field.name(), resolution.id(), name));
        }
        resolution.candidates().stream()
                .limit(MAX_CANDIDATES)
                .forEach(each -> findings.candidate(new PartCandidate(field.name(), each.id(), each.name())));
        String reason = resolution.basis() == Basis.UNKNOWN
                ? "the catalog does not have this " + field.noun()
                : "the catalog has no " + field.noun() + " of exactly this name; choose one of the candidates";
        findings.unrecognised(field.name(), name, reason);
    }
}
