package dealbrain.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dealbrain.http.Form;
import dealbrain.listings.ListingStatus;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The form of a deal: between its fields, which are texts, and the members of the JSON of a listing. */
final class DealForm {
    static final Map<String, String> CONDITIONS =
            ordered("", "Not stated", "new", "New", "refurb", "Refurbished", "used", "Used");

    static final Map<String, String> STATUSES =
            ordered("active", "Available", "pending", "Sale pending", "archived", "No longer available");

    private static final List<String> NAMED = List.of("cpu", "gpu", "ports_profile", "active_profile", "ruleset");

    /** The members for the capacity, by those for the part. */
    private static final Map<String, String> CAPACITIES = Map.of(
            "ram_spec", "ram_gb",
            "primary_storage_profile", "primary_storage_gb",
            "secondary_storage_profile", "secondary_storage_gb");

    /** The members whose values are those of their fields. */
    private static final List<String> TEXTS = List.of(
            "title",
            "price_usd",
            "price_date",
            "condition",
            "status",
            "form_factor",
            "seller",
            "listing_url",
            "manufacturer",
            "series",
            "device_model",
            "model_number",
            "marketplace",
            "vendor_item_id",
            "thumbnail_url",
            "notes");

    /** A capacity alone, which describes no part of the catalog. */
    private static final Pattern CAPACITY = Pattern.compile("(\\d{1,7}) *(GB|TB)?", Pattern.CASE_INSENSITIVE);

    private static final int GB_PER_TB = 1000;

    private DealForm() {}

    /** Returns labels by values, in this order. */
    static Map<String, String> ordered(String... valuesAndLabels) {
        Map<String, String> choices = new LinkedHashMap<>();
        for (int i = 0; i < valuesAndLabels.length; i += 2) {
            choices.put(valuesAndLabels[i], valuesAndLabels[i + 1]);
        }
        return choices;
    }

    /** Puts the fields into the model of a page, with {@code hints} below them, by their names. */
    static void show(Fields fields, Map<String, String> hints, Map<String, Object> model) {
        List<Field> more = more(fields);
        boolean isOpen = more.stream().anyMatch(field -> !field.error().isEmpty());
        List<Field> main = main(fields);
        Stream.concat(main.stream(), more.stream())
                .forEach(field -> field.plain().hint(hints.getOrDefault(field.name(), field.hint())));
        model.put("main", main);
        model.put("more", more);
        model.put("more_open", isOpen);
    }

    private static List<Field> main(Fields fields) {
        return List.of(
                fields.text("title", "Title").required(),
                fields.text("price_usd", "Price in US dollars").mode("decimal"),
                fields.choice("condition", "Condition", CONDITIONS),
                fields.text("cpu", "Processor").hint("As in the catalog, such as i5-8500T."),
                fields.text("ram_spec", "Memory").hint("Such as 16 GB DDR4."),
                fields.text("primary_storage_profile", "Storage").hint("Such as 512 GB NVMe."),
                fields.text("form_factor", "Form factor"),
                fields.text("seller", "Seller"),
                fields.ofType("url", "listing_url", "Address of the offer"));
    }

    private static List<Field> more(Fields fields) {
        return List.of(
                fields.text("gpu", "Graphics card"),
                fields.text("secondary_storage_profile", "Second drive"),
                fields.text("ports_profile", "Ports").hint("The name of a ports profile of the catalog."),
                fields.text("manufacturer", "Manufacturer"),
                fields.text("series", "Series"),
                fields.text("device_model", "Model"),
                fields.text("model_number", "Model number"),
                fields.text("marketplace", "Marketplace"),
                fields.text("vendor_item_id", "Number on the marketplace"),
                fields.ofType("url", "thumbnail_url", "Address of a photo"),
                fields.ofType("date", "price_date", "Price seen on"),
                fields.choice("status", "Status", STATUSES),
                fields.text("ruleset", "Ruleset").hint("Empty for the default one."),
                fields.text("active_profile", "Scoring profile").hint("Empty for the default one."),
                fields.lines("notes", "Notes").hint("Only you can read them."));
    }

    /** Returns the body that creates a listing. */
    static Map<String, Object> body(Form form) {
        Map<String, Object> body = new LinkedHashMap<>();
        changes(form, new Form(Map.of())).forEach((name, value) -> {
            if (value != null) {
                body.put(name, value);
            }
        });
        return body;
    }

    /**
     * Returns a merge patch with the members whose fields differ from the stored ones. Another price is one of today,
     * unless its day is changed too.
     */
    static Map<String, @Nullable Object> changes(Form form, Form stored) {
        Map<String, @Nullable Object> changes = new LinkedHashMap<>();
        for (String name : form.fields().keySet()) {
            String text = form.text(name);
            if (!text.equals(stored.text(name))) {
                change(name, text, changes);
            }
        }
        if (changes.get("price_usd") != null) {
            changes.putIfAbsent("price_date", value("price_date", today()));
        }
        return changes;
    }

    private static void change(String name, String text, Map<String, @Nullable Object> changes) {
        String capacity = CAPACITIES.get(name);
        if (capacity != null) {
            changeWithCapacity(name, capacity, text, changes);
        } else if (NAMED.contains(name)) {
            changes.put(text.isEmpty() ? name + "_id" : name, text.isEmpty() ? null : text);
        } else if (TEXTS.contains(name)) {
            changes.put(name, text.isEmpty() ? null : value(name, text));
        }
    }

    /** The capacity follows from the part, unless it is all that is known. */
    private static void changeWithCapacity(
            String name, String capacity, String text, Map<String, @Nullable Object> changes) {
        Matcher alone = CAPACITY.matcher(text);
        if (alone.matches()) {
            boolean isTerabytes = "TB".equalsIgnoreCase(alone.group(2));
            changes.put(capacity, Long.parseLong(alone.group(1)) * (isTerabytes ? GB_PER_TB : 1));
        } else {
            changes.put(capacity, null);
        }
        boolean isPart = !text.isEmpty() && !alone.matches();
        changes.put(isPart ? name : name + "_id", isPart ? text : null);
    }

    private static Object value(String name, String text) {
        return switch (name) {
            case "price_usd" -> price(text);
            case "price_date" -> text + "T00:00:00Z";
            default -> text;
        };
    }

    /** Returns a number for what people type, such as "$1,299"; another text as it is, for the API to refuse. */
    private static Object price(String text) {
        try {
            return new BigDecimal(text.replaceFirst("^\\$ *", "").replaceAll(",(?=\\d{3}\\b)", ""));
        } catch (NumberFormatException _) {
            return text;
        }
    }

    /** Returns the value of a status in forms and in JSON. */
    static String name(ListingStatus status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    static String today() {
        return LocalDate.now(ZoneOffset.UTC).toString();
    }

    /** Returns the fields with the values of a listing or of a draft. */
    static Form of(JsonNode listing) {
        Map<String, List<String>> fields = new HashMap<>();
        TEXTS.forEach(name -> put(fields, name, listing.path(name)));
        JsonNode price = listing.path("price_usd");
        fields.put("price_usd", List.of(price.isNumber() ? price.decimalValue().toPlainString() : ""));
        fields.computeIfPresent(
                "price_date", (_, date) -> List.of(date.getFirst().replaceFirst("T.*", "")));
        NAMED.forEach(name -> put(fields, name, listing.path(name).path("name")));
        CAPACITIES.forEach((name, capacity) -> {
            JsonNode label = listing.path(name).path("label");
            JsonNode gigabytes = listing.path(capacity);
            put(fields, name, label.isTextual() || !gigabytes.isNumber() ? label : TextNode.valueOf(gigabytes + " GB"));
        });
        return new Form(fields);
    }

    private static void put(Map<String, List<String>> fields, String name, JsonNode value) {
        fields.put(name, List.of(value.asText("")));
    }
}
