package dealbrain.listings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.catalog.PartInput;
import dealbrain.catalog.PartKind;
import dealbrain.json.Json;
import dealbrain.testing.Fixtures;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the inputs of the listings of golden cases, and the parts that they name. */
final class GoldenListings {
    /** The members of a CPU by their names in the cases. */
    private static final Map<String, String> CPU = Map.of(
            "cpu", "cpu_mark_multi",
            "multi", "cpu_mark_multi",
            "single", "cpu_mark_single",
            "tdp", "tdp_w",
            "igpu", "igpu_mark");

    private final Fixtures fixtures;
    private final Map<PartInput, Long> known = new HashMap<>();
    private int number;

    GoldenListings(Fixtures fixtures) {
        this.fixtures = fixtures;
    }

    /** Returns the input of a listing; {@code -} is a price or a condition that is not stated. */
    ListingInput input(String price, String condition, Map<String, String> parts) {
        ObjectNode listing = Json.object().put("title", "PC");
        listing.set("price_usd", price.equals("-") ? null : json(price));
        listing.put("condition", condition.equals("-") ? null : condition);
        ObjectNode cpu = Json.object();
        parts.forEach((name, value) -> {
            if (CPU.containsKey(name)) {
                cpu.set(CPU.get(name), number(value));
            } else {
                set(listing, name, value);
            }
        });
        if (!cpu.isEmpty()) {
            listing.put("cpu_id", part(PartKind.CPU, named(cpu)));
        }
        return Fixtures.input(ListingInput.class, Json.text(listing));
    }

    private void set(ObjectNode listing, String name, String value) {
        switch (name) {
            case "ram_gb" -> listing.set("ram_gb", json(value));
            case "primary_gb" -> listing.set("primary_storage_gb", json(value));
            case "secondary_gb" -> listing.set("secondary_storage_gb", json(value));
            case "stated_ppw" -> listing.set("perf_per_watt", json(value));
            case "ram_spec" -> listing.put("ram_spec_id", part(PartKind.RAM_SPEC, ram(value)));
            case "primary_profile" -> listing.put("primary_storage_profile_id", drive(value));
            case "secondary_profile" -> listing.put("secondary_storage_profile_id", drive(value));
            case "gpu" -> {
                ObjectNode gpu = Json.object();
                gpu.set("gpu_mark", number(value));
                listing.put("gpu_id", part(PartKind.GPU, named(gpu)));
            }
            case "ports" -> listing.put("ports_profile_id", part(PartKind.PORTS_PROFILE, named(ports(value))));
            case "os_license", "other" -> {
                JsonNode attribute = List.of("true", "false").contains(value) ? json(value) : json(Json.text(value));
                listing.withObjectProperty("attributes").set(name, attribute);
            }
            default -> throw new IllegalArgumentException(name);
        }
    }

    private static JsonNode json(String text) {
        return Json.read(text, JsonNode.class);
    }

    private static JsonNode number(String value) {
        return json(value.equals("?") ? "null" : value);
    }

    private ObjectNode named(ObjectNode part) {
        return part.put("name", "Golden " + ++number);
    }

    private static ObjectNode ram(String capacity) {
        ObjectNode ram = Json.object().put("ddr_generation", "ddr4");
        if (capacity.contains("x")) {
            ram.set("module_count", json(capacity.substring(0, capacity.indexOf('x'))));
            ram.set("capacity_per_module_gb", json(capacity.substring(capacity.indexOf('x') + 1)));
        } else {
            ram.set("total_capacity_gb", number(capacity));
        }
        return ram;
    }

    private long drive(String capacity) {
        ObjectNode drive = Json.object().put("medium", "nvme");
        drive.set("capacity_gb", number(capacity));
        return part(PartKind.STORAGE_PROFILE, drive);
    }

    private static ObjectNode ports(String counts) {
        ObjectNode profile = Json.object();
        for (String count : counts.split("\\+", -1)) {
            profile.withArrayProperty("ports").addObject().put("type", "usb_a").set("count", json(count));
        }
        return profile;
    }

    private <I extends Record & PartInput> long part(PartKind<?, I> kind, ObjectNode json) {
        I input = Fixtures.input(kind.input(), Json.text(json));
        return known.computeIfAbsent(
                input,
                each -> fixtures.catalog.findOrCreate(kind, List.of(each)).getFirst());
    }
}
