package dealbrain.web;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.http.Form;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** An offer that was recognised: the values of the form, and what is said about its fields. */
final class Offer {
    private static final Pattern ADDRESS = Pattern.compile("(?i)https?://\\S+");
    private static final double CERTAIN = 0.9;
    /** The length of a text of the offer that is shown beside the processor. */
    private static final int MAX_TEXT = 60;

    /** The fields of which an offer without them is incomplete. */
    private static final List<String> WANTED =
            List.of("price_usd", "condition", "cpu", "ram_spec", "primary_storage_profile");

    /** The fields of the form, by the fields of the API with another name. */
    private static final Map<String, String> FIELDS = Map.of(
            "cpu_id", "cpu",
            "gpu_id", "gpu",
            "ram_gb", "ram_spec",
            "primary_storage_gb", "primary_storage_profile",
            "secondary_storage_gb", "secondary_storage_profile");

    private final JsonNode result;
    private final Map<String, List<String>> values;
    private final Map<String, String> hints = new HashMap<>();

    /** @param result the response of {@code POST /api/v1/listings/parse} */
    Offer(JsonNode result) {
        this.result = result;
        this.values = new HashMap<>(DealForm.of(result.path("draft")).fields());
        values.put("price_date", List.of(DealForm.today()));
        result.path("recognised").forEach(this::recognised);
        result.path("unrecognised").forEach(this::unrecognised);
        for (String name : WANTED) {
            if (text(name).isEmpty()) {
                hints.putIfAbsent(name, "Not found in the offer.");
            }
        }
    }

    /** Returns the input of the API for what was pasted: an address, a page, its data, or a title and more text. */
    static Map<String, Object> input(String pasted) {
        String text = pasted.strip();
        if (text.startsWith("<")) {
            return Map.of("html", text);
        }
        if (text.startsWith("{") || text.startsWith("[{")) {
            return Map.of("json_ld", text);
        }
        Map<String, Object> input = new LinkedHashMap<>();
        List<String> lines = new ArrayList<>();
        text.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> {
            if (ADDRESS.matcher(line).matches()) {
                input.putIfAbsent("url", line);
            } else {
                lines.add(line);
            }
        });
        if (!lines.isEmpty()) {
            input.put("title", lines.removeFirst());
        }
        if (!lines.isEmpty()) {
            input.put("text", String.join("\n", lines));
        }
        return input;
    }

    private void recognised(JsonNode each) {
        String field = each.path("field").asText();
        String name = FIELDS.getOrDefault(field, field);
        String value = each.path("value").asText();
        boolean isPart = name.equals("cpu") || name.equals("gpu");
        if (isPart && result.path("draft").path(name + "_id").isNumber()) {
            values.put(name, List.of(value));
        }
        boolean isDrive = field.endsWith("_storage_profile");
        boolean isVague = isDrive && value.endsWith(" SSD"); // which the catalog does not take
        if (isDrive && !isVague) {
            values.put(name, List.of(value));
        }
        String shown = value.equals(text(name)) || field.endsWith("_gb") ? "" : value;
        hints.put(name, hint(each, shown) + (isVague ? " Add NVMe or SATA if you know which." : ""));
    }

    private static String hint(JsonNode each, String value) {
        String place = switch (each.path("source").asText()) {
            case "title" -> "the title";
            case "url" -> "the address";
            case "text" -> "the text";
            default -> "the page";
        };
        String doubt = each.path("confidence").asDouble() < CERTAIN ? ", please check" : "";
        return (value.isEmpty() ? "From " : "“" + value + "”, from ") + place + doubt + ".";
    }

    private void unrecognised(JsonNode each) {
        String field = each.path("field").asText();
        String reason = each.path("reason").asText();
        String text = each.path("text").asText();
        String start = text.isEmpty() || (field.equals("cpu") && text.length() > MAX_TEXT) ? "" : "“" + text + "”: ";
        hints.put(FIELDS.getOrDefault(field, field), start + reason + ".");
    }

    private String text(String name) {
        return values.getOrDefault(name, List.of("")).getFirst();
    }

    Form form() {
        return new Form(values);
    }

    /** Returns the texts below the fields, by their names. */
    Map<String, String> hints() {
        return hints;
    }

    /** Returns what a processor or a graphics card may be, if the offer does not say for certain. */
    Map<String, String> candidates(String field) {
        Map<String, String> choices = new LinkedHashMap<>();
        result.path("candidates").forEach(each -> {
            if (each.path("field").asText().equals(field) && each.path("id").isNumber()) {
                choices.put(each.path("name").asText(), each.path("name").asText());
            }
        });
        return choices;
    }
}
