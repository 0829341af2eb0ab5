package dealbrain.listings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.catalog.Catalog;
import dealbrain.catalog.DescribedPart;
import dealbrain.catalog.PartInput;
import dealbrain.catalog.PartKind;
import dealbrain.catalog.PartResolution;
import dealbrain.catalog.PartResolution.Basis;
import dealbrain.json.InputError;
import dealbrain.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the names of parts in inputs by the ids of stored parts. Memory and drives that are described well enough
 * are created if they do not exist. Thread-safe.
 */
final class ListingParts {
    private final Catalog catalog;

    ListingParts(Catalog catalog) {
        this.catalog = catalog;
    }

    /** A part of a listing that is given by a text or by an object with its members. */
    private record Reference(ResolvedListing listing, ListingRelation<?> relation, JsonNode value) {
        PartKind<?, ?> kind() {
            return relation.kind();
        }

        /** Returns what the value says about memory or a drive. */
        Optional<DescribedPart> description() {
            return value.isTextual()
                    ? DescribedPart.parse(kind(), value.asText())
                    : DescribedPart.of((PartInput) Json.read(value.toString(), kind().input()));
        }

        void replace(long id, Optional<DescribedPart> description) {
            ObjectNode members = listing.members();
            members.put(relation.foreignKey(), id);
            String capacity = relation.capacityMember();
            if (capacity != null && !members.hasNonNull(capacity)) {
                description.ifPresent(part -> members.put(capacity, part.capacityGb()));
            }
        }

        /** @param candidates null if the value is no name */
        void reject(String rule, @Nullable List<InputError.Candidate> candidates) {
            String member = relation.member();
            listing.errors().add(InputError.at("/" + member, member + " " + rule, candidates));
        }
    }

    /** Memory or a drive that is not the label of a stored part. */
    private record Described(Reference reference, DescribedPart part) {}

    /**
     * Returns the members of each input with ids in place of names, and its errors. In the caller's transaction: one
     * statement for each kind of part that is named, and those of {@link Catalog#findOrCreate(Map)} for memory and
     * drives that are no stored labels.
     */
    List<ResolvedListing> resolve(List<ListingInput> inputs) {
        List<ResolvedListing> listings = inputs.stream()
                .map(input -> new ResolvedListing((ObjectNode) Json.tree(input), new ArrayList<>()))
                .toList();
        List<Reference> references = references(listings);
        Map<PartKind<?, ?>, Map<String, PartResolution>> names = resolveNames(references);
        List<Described> described = new ArrayList<>();
        for (Reference reference : references) {
            resolve(reference, resolution(reference, names)).ifPresent(described::add);
        }
        createDescribed(described);
        return listings;
    }

    /** Returns the names in all listings, and removes them from there. */
    private static List<Reference> references(List<ResolvedListing> listings) {
        List<Reference> references = new ArrayList<>();
        for (ResolvedListing listing : listings) {
            for (ListingRelation<?> relation : ListingRelation.ALL) {
                JsonNode value = listing.members().remove(relation.member());
                if (value != null) {
                    references.add(new Reference(listing, relation, value));
                }
            }
        }
        return references;
    }

    private Map<PartKind<?, ?>, Map<String, PartResolution>> resolveNames(List<Reference> references) {
        Map<PartKind<?, ?>, List<String>> names = new LinkedHashMap<>();
        references.stream()
                .filter(reference -> reference.value().isTextual())
                .forEach(reference -> names.computeIfAbsent(reference.kind(), _ -> new ArrayList<>())
                        .add(reference.value().asText()));
        Map<PartKind<?, ?>, Map<String, PartResolution>> resolutions = new HashMap<>();
        names.forEach((kind, ofKind) -> resolutions.put(kind, catalog.resolve(kind, ofKind)));
        return resolutions;
    }

    /** Returns null for an object. */
    private static @Nullable PartResolution resolution(
            Reference reference, Map<PartKind<?, ?>, Map<String, PartResolution>> names) {
        return reference.value().isTextual()
                ? Objects.requireNonNull(names.get(reference.kind()))
                        .get(reference.value().asText())
                : null;
    }

    /** Replaces a name, or returns what is described. A label has precedence over what it says. */
    private static Optional<Described> resolve(Reference reference, @Nullable PartResolution name) {
        Optional<DescribedPart> description = reference.description();
        String foreignKey = reference.relation().foreignKey();
        if (reference.listing().members().hasNonNull(foreignKey)) {
            reference.reject("and " + foreignKey + " exclude each other: give one of them", null);
        } else if (name != null && name.id() != null) {
            reference.replace(name.id(), description);
        } else if (description.isPresent()) {
            return description.map(part -> new Described(reference, part));
        } else {
            reference.reject(rule(reference, name), name == null ? null : name.candidates());
        }
        return Optional.empty();
    }

    private static String rule(Reference reference, @Nullable PartResolution name) {
        boolean isRam = reference.kind() == PartKind.RAM_SPEC;
        if (name == null) {
            return isRam
                    ? "must have total_capacity_gb, or module_count and capacity_per_module_gb"
                    : "must have capacity_gb, and a medium other than unknown";
        }
        String was = Json.text(InputError.abbreviated(reference.value().asText()));
        if (isRam) {
            return "must state the capacity, such as \"16 GB DDR4-3200\", or be a label of the catalog, was " + was;
        }
        if (reference.kind() == PartKind.STORAGE_PROFILE) {
            return "must state capacity and medium, such as \"512 GB NVMe\", or be a label of the catalog, was " + was;
        }
        String kind = reference.kind().name();
        return name.basis() == Basis.AMBIGUOUS
                ? "must name one " + kind + " of the catalog, but " + was + " may mean several"
                : "must be the name of a " + kind + " in the catalog, was " + was;
    }

    private void createDescribed(List<Described> described) {
        Map<PartKind<?, ?>, List<DescribedPart>> parts = new LinkedHashMap<>();
        for (PartKind<?, ?> kind : List.of(PartKind.RAM_SPEC, PartKind.STORAGE_PROFILE)) { // as in imports
            List<DescribedPart> ofKind = described.stream()
                    .filter(each -> each.reference().kind() == kind
                            && each.reference().listing().errors().isEmpty())
                    .map(Described::part)
                    .distinct()
                    .toList();
            if (!ofKind.isEmpty()) {
                parts.put(kind, ofKind);
            }
        }
        Map<DescribedPart, Long> ids = catalog.findOrCreate(parts);
        for (Described each : described) {
            Long id = ids.get(each.part());
            if (id != null) {
                each.reference().replace(id, Optional.of(each.part()));
            }
        }
    }

    /**
     * Returns a stored input without the ids of the parts that a patch names, because the names replace them.
     *
     * @param patch returns whether the patch contains a member
     */
    static ListingInput withoutNamed(ListingInput stored, Predicate<String> patch) {
        List<String> replaced = ListingRelation.ALL.stream()
                .filter(relation -> patch.test(relation.member()))
                .map(ListingRelation::foreignKey)
                .toList();
        if (replaced.isEmpty()) {
            return stored;
        }
        ObjectNode members = (ObjectNode) Json.tree(stored);
        members.remove(replaced);
        return Json.read(members.toString(), ListingInput.class);
    }
}
