package dealbrain.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.catalog.Catalog;
import dealbrain.catalog.DescribedPart;
import dealbrain.catalog.PartInput;
import dealbrain.catalog.PartKind;
import dealbrain.catalog.PartResolution;
import dealbrain.json.InputError;
import dealbrain.json.InputSchemas;
import dealbrain.json.InvalidInputException;
import dealbrain.json.Json;
import dealbrain.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parts of one kind to which the cells of a file refer. Memory and drives that are described are those with exactly
 * these properties, and created if they do not exist; all other parts are found by their names.
 */
final class SheetParts {
    /**
     * What a text means: an id, or an error.
     *
     * @param described what a description of memory or a drive says
     */
    private record Meaning(
            long id, Optional<DescribedPart> described, String error, List<InputError.Candidate> candidates) {
        static Meaning of(long id, Optional<DescribedPart> described) {
            return new Meaning(id, described, "", List.of());
        }

        static Meaning error(String detail, List<InputError.Candidate> candidates) {
            return new Meaning(0, Optional.empty(), detail, candidates);
        }
    }

    private final Catalog catalog;
    private final InputSchemas schemas;
    private final PartKind<?, ?> kind;
    private final Map<String, Meaning> meanings = new HashMap<>();

    private SheetParts(Catalog catalog, InputSchemas schemas, PartKind<?, ?> kind) {
        this.catalog = catalog;
        this.schemas = schemas;
        this.kind = kind;
    }

    /**
     * Sets the parts of rows, or adds errors to them. One statement for each kind of parts, and two for memory and
     * drives, in the caller's transaction, which holds the lock of unique keys.
     */
    static void resolve(Catalog catalog, InputSchemas schemas, List<SheetRow> rows) {
        Map<PartKind<?, ?>, SheetParts> kinds = new LinkedHashMap<>();
        for (ListingColumn column : ListingColumn.ALL) {
            if (column.type() == ListingColumn.Type.PART) {
                PartKind<?, ?> kind = column.relation().kind();
                kinds.computeIfAbsent(kind, _ -> new SheetParts(catalog, schemas, kind));
            }
        }
        kinds.values().forEach(parts -> parts.resolve(rows));
    }

    private void resolve(List<SheetRow> rows) {
        List<String> texts = rows.stream()
                .flatMap(row -> row.parts().entrySet().stream())
                .filter(part -> part.getKey().relation().kind().equals(kind))
                .map(Map.Entry::getValue)
                .distinct()
                .toList();
        if (!texts.isEmpty()) {
            findOrCreate(texts);
            findByName(
                    texts.stream().filter(text -> !meanings.containsKey(text)).toList());
            rows.forEach(this::apply);
        }
    }

    private void findOrCreate(List<String> texts) {
        List<String> described = new ArrayList<>();
        List<PartInput> inputs = new ArrayList<>();
        for (String text : texts) {
            input(text).ifPresent(input -> {
                described.add(text);
                inputs.add(input);
            });
        }
        if (!inputs.isEmpty()) {
            List<Long> ids = catalog.findOrCreate(kind, inputs);
            for (int i = 0; i < ids.size(); i++) {
                meanings.put(described.get(i), Meaning.of(ids.get(i), DescribedPart.of(inputs.get(i))));
            }
        }
    }

    /** Returns the input that a text describes, in words or as JSON; empty for a name. */
    private Optional<PartInput> input(String text) {
        if (kind != PartKind.RAM_SPEC && kind != PartKind.STORAGE_PROFILE) {
            return Optional.empty();
        }
        return text.startsWith("{")
                ? fields(text)
                : DescribedPart.parse(kind, text).map(DescribedPart::input);
    }

    private Optional<PartInput> fields(String json) {
        try {
            JsonNode tree = Json.parse(json.getBytes(StandardCharsets.UTF_8));
            return Optional.of(schemas.bind(tree, kind.input()));
        } catch (MalformedJsonException e) {
            meanings.put(json, Meaning.error("must be a name, a description or JSON: " + e.getMessage(), List.of()));
        } catch (InvalidInputException e) {
            meanings.put(
                    json, Meaning.error("is invalid: " + e.errors().getFirst().detail(), List.of()));
        }
        return Optional.empty();
    }

    private void findByName(List<String> names) {
        catalog.resolve(kind, names).forEach((name, found) -> meanings.put(name, meaning(name, found)));
    }

    private Meaning meaning(String name, PartResolution found) {
        if (found.id() != null) {
            return Meaning.of(found.id(), Optional.empty());
        }
        String shown = "'" + InputError.abbreviated(name) + "'";
        return Meaning.error(
                found.basis() == PartResolution.Basis.AMBIGUOUS
                        ? "must name one " + kind.name() + " of the catalog, but " + shown + " may mean several"
                        : "must " + description() + "be the name of a " + kind.name() + " in the catalog, was " + shown,
                found.candidates());
    }

    private String description() {
        if (kind == PartKind.RAM_SPEC) {
            return "state its capacity, such as '16 GB DDR4-3200', or ";
        }
        return kind == PartKind.STORAGE_PROFILE ? "state its capacity and medium, such as '512 GB NVMe', or " : "";
    }

    private void apply(SheetRow row) {
        row.parts().forEach((column, text) -> {
            Meaning meaning = meanings.get(text);
            if (meaning == null || !column.relation().kind().equals(kind)) {
                return;
            }
            if (!meaning.error().isEmpty()) {
                row.reject(column.name(), column.name() + " " + meaning.error(), meaning.candidates());
                return;
            }
            row.setPart(column, meaning.id());
            String capacity = column.relation().capacityMember();
            if (capacity != null) {
                meaning.described().ifPresent(part -> row.setIfAbsent(capacity, part.capacityGb()));
            }
        });
    }
}
