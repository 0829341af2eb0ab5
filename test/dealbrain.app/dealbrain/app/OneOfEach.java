package dealbrain.app;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.testing.Api.Response;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Creates an object for each path with an id, over HTTP and on first use: listings, collections and links of the
 * owner, a share from the sender to the recipient, parts. Also has a valid body for each operation.
 */
final class OneOfEach {
    private static final String BY_SOURCE = "/api/v1/listings/by-source/{marketplace}/{vendor_item_id}";

    /** A body for each operation that has one; {@code %s} is a new name, {@code %d} a new number. */
    private static final Map<String, String> BODIES = Map.ofEntries(
            Map.entry(
                    "POST /api/v1/users",
                    "{\"username\": \"u-%s\", \"password\": \"correct horse battery\","
                            + " \"email\": \"%1$s@example.org\"}"),
            Map.entry("PATCH /api/v1/users/me", "{\"display_name\": \"%s\"}"),
            // a wrong password, as the callers are needed
            Map.entry("DELETE /api/v1/users/me", "{\"current_password\": \"%s\"}"),
            Map.entry(
                    "POST /api/v1/admin/users",
                    "{\"username\": \"a-%s\", \"email\": \"%1$s@example.com\", \"display_name\": \"%1$s\"}"),
            Map.entry("PATCH /api/v1/admin/users/{id}", "{\"display_name\": \"%s\"}"),
            Map.entry("POST /api/v1/invites", "{\"note\": \"%s\"}"),
            Map.entry(
                    "POST /api/v1/tokens",
                    "{\"username\": \"%s\", \"password\": \"" + Callers.PASSWORD
                            + "\", \"name\": \"t\", \"scope\": \"read\"}"),
            Map.entry("POST /api/v1/catalog/cpus", "{\"name\": \"%s\", \"cores\": 8}"),
            Map.entry("PUT /api/v1/catalog/cpus/import", "name,cores\n%s,8\n"),
            Map.entry("POST /api/v1/catalog/gpus", "{\"name\": \"%s\"}"),
            Map.entry(
                    "POST /api/v1/catalog/ram-specs",
                    "{\"label\": \"%s\", \"ddr_generation\": \"ddr4\", \"speed_mhz\": %2$d}"),
            Map.entry(
                    "POST /api/v1/catalog/storage-profiles",
                    "{\"label\": \"%s\", \"medium\": \"nvme\", \"interface\": \"%1$s\"}"),
            Map.entry(
                    "POST /api/v1/catalog/ports-profiles",
                    "{\"name\": \"%s\", \"ports\": [{\"type\": \"usb\", \"count\": 2}]}"),
            Map.entry("POST /api/v1/catalog/scoring-profiles", "{\"name\": \"%s\", \"weights\": {\"cpu\": 0.5}}"),
            Map.entry("POST /api/v1/catalog/rulesets", "{\"name\": \"%s\", \"version\": \"1\"}"),
            Map.entry("PATCH /api/v1/catalog/cpus/{id}", "{\"notes\": \"%s\"}"),
            Map.entry("PATCH /api/v1/catalog/gpus/{id}", "{\"notes\": \"%s\"}"),
            Map.entry("PATCH /api/v1/catalog/ram-specs/{id}", "{\"label\": \"%s\"}"),
            Map.entry("PATCH /api/v1/catalog/storage-profiles/{id}", "{\"label\": \"%s\"}"),
            Map.entry("PATCH /api/v1/catalog/ports-profiles/{id}", "{\"description\": \"%s\"}"),
            Map.entry("PATCH /api/v1/catalog/scoring-profiles/{id}", "{\"description\": \"%s\"}"),
            Map.entry("PATCH /api/v1/catalog/rulesets/{id}", "{\"description\": \"%s\"}"),
            Map.entry("POST /api/v1/listings", "{\"title\": \"%s\", \"price_usd\": 199.90}"),
            Map.entry("PUT " + BY_SOURCE, "{\"title\": \"%s\", \"price_usd\": 198.90}"),
            Map.entry("POST /api/v1/listings/import", "title,price_usd\n%s,197.90\n"),
            Map.entry("POST /api/v1/listings/bulk", "{\"listings\": [{\"title\": \"%s\"}]}"),
            Map.entry("POST /api/v1/listings/parse", "{\"title\": \"Tiny i5-8500T\"}"),
            Map.entry("PATCH /api/v1/listings/{id}", "{\"notes\": \"%s\"}"),
            Map.entry("POST /api/v1/collections", "{\"name\": \"%s\"}"),
            Map.entry("PATCH /api/v1/collections/{id}", "{\"description\": \"%s\"}"),
            Map.entry(
                    "POST /api/v1/collections/import",
                    "{\"format\": \"dealbrain-collection\", \"version\": 1, \"name\": \"%s\", \"items\": []}"),
            Map.entry("POST /api/v1/collections/{id}/copy", "{\"name\": \"%s\"}"),
            Map.entry("POST /api/v1/collections/shared/{share_token}/copy", "{\"name\": \"%s\"}"),
            Map.entry("POST /api/v1/listings/{id}/shares", "{\"expires_in_days\": 30}"),
            Map.entry("PATCH /api/v1/listing-shares/{id}", "{\"expires_in_days\": 60}"),
            Map.entry("POST /api/v1/collections/{id}/share-tokens", "{}"),
            Map.entry("POST /api/v1/user-shares/{share_token}/import", "{}"),
            Map.entry("POST /api/v1/ops/cache/warm", "{\"top\": 1}"),
            Map.entry("POST /api/v1/ops/recordings", "{\"seconds\": 1}"));

    /** Makes RAM specs different: they are identified by their data. */
    private static final AtomicInteger SPEED = new AtomicInteger(1000);

    private final Callers callers;
    private final String visibility;
    private @Nullable JsonNode listing;
    private @Nullable JsonNode collection;
    private @Nullable JsonNode item;
    private @Nullable JsonNode collectionShare;
    private @Nullable JsonNode listingShare;
    private @Nullable JsonNode userShare;

    /** @param visibility of the collection; its link is created before it becomes private */
    OneOfEach(Callers callers, String visibility) {
        this.callers = callers;
        this.visibility = visibility;
    }

    /** Returns whether an operation that changes something needs an administrator. */
    static boolean isOfAdministrators(String template) {
        return Stream.of("/api/v1/catalog/", "/api/v1/ops/", "/api/v1/admin/", "/api/v1/invites")
                .anyMatch(template::startsWith);
    }

    static String unique() {
        return UUID.randomUUID().toString().substring(0, 13);
    }

    private static String filled(String body) {
        return body.formatted(unique(), SPEED.incrementAndGet());
    }

    /** Returns the path of an operation with the ids of existing objects. */
    String path(String template) {
        if (template.startsWith("/api/v1/catalog/") && template.endsWith("{id}")) {
            String kind = template.substring(0, template.lastIndexOf('/'));
            return created(callers.admin.post(kind, filled(BODIES.get("POST " + kind))))
                    .header("Location")
                    .orElseThrow();
        }
        if (template.startsWith("/api/v1/admin/users/{id}") || template.startsWith("/api/v1/invites/")) {
            String kind = template.substring(0, template.indexOf("/{id}"));
            String created = created(callers.admin.post(kind, filled(BODIES.get("POST " + kind))))
                    .header("Location")
                    .orElseThrow();
            return template.replace(kind + "/{id}", created);
        }
        if (template.startsWith("/api/v1/tokens/")) {
            callers.resetLimits();
            return created(callers.anonymous.post(
                            "/api/v1/tokens",
                            "{\"username\": \"owner-" + callers.run + "\", \"password\": \"" + Callers.PASSWORD
                                    + "\"}"))
                    .header("Location")
                    .orElseThrow();
        }
        if (template.startsWith("/api/v1/notifications/{id}")) {
            userShare();
            return template.replace(
                    "{id}",
                    callers.recipient
                            .get("/api/v1/notifications?limit=1")
                            .json()
                            .at("/notifications/0/id")
                            .asText());
        }
        if (template.startsWith("/api/v1/user-shares/{") || template.startsWith("/api/v1/user-shares/by-id/")) {
            return filled(template, userShare());
        }
        if (template.startsWith("/c/{share_token}/deals/")) {
            return filled(template.replace("{share_token}", "{token}"), item())
                    .replace("{token}", collectionShare().path("share_token").asText());
        }
        if (template.startsWith("/api/v1/listing-shares/") || template.contains("/deals/")) {
            return filled(template, listingShare());
        }
        if (template.startsWith("/api/v1/collections/shared/") || template.startsWith("/c/")) {
            return filled(template, collectionShare());
        }
        if (template.startsWith("/api/v1/collections/")) {
            return ofCollection(template);
        }
        if (template.equals(BY_SOURCE)) {
            String path = "/api/v1/listings/by-source/market/" + unique();
            created(callers.owner.put(path, filled(BODIES.get("PUT " + BY_SOURCE))));
            return path;
        }
        if (template.startsWith("/api/v1/listings/{")) {
            return filled(template, listing());
        }
        return template.replace("{asset}", "swagger-ui.css")
                .replace("{code}", "not-found")
                .replace("{fingerprint}", "unknown")
                .replace("{request_id}", "unknown");
    }

    private String ofCollection(String template) {
        String path = template;
        if (path.contains("{token_id}")) {
            path = path.replace("{token_id}", collectionShare().path("id").asText());
        }
        if (path.contains("{id}")) {
            collectionShare(); // before it becomes private
            path = path.replace("{item_id}", item().path("id").asText());
        }
        return filled(path, collection());
    }

    private static String filled(String template, JsonNode thing) {
        return template.replace("{id}", thing.path("id").asText())
                .replace("{listing_id}", thing.path("listing_id").asText())
                .replace("{share_token}", thing.path("share_token").asText());
    }

    /** Returns a valid body for the operation; null if it has none. */
    @Nullable
    String body(String method, String template) {
        String operation = method + " " + template;
        return switch (operation) {
            case "PATCH /api/v1/collections/{id}/visibility" -> "{\"visibility\": \"" + visibility + "\"}";
            case "POST /api/v1/collections/{id}/items" ->
                "{\"listing_id\": " + newListing().path("id") + "}";
            case "POST /api/v1/collections/{id}/items/bulk" ->
                "{\"listing_ids\": [" + newListing().path("id") + "]}";
            case "PUT /api/v1/collections/{id}/items/order" -> "{\"item_ids\": [" + item().path("id") + "]}";
            case "PATCH /api/v1/collections/{id}/items/{item_id}" -> "{\"notes\": \"" + unique() + "\"}";
            case "POST /api/v1/tokens" -> BODIES.get(operation).formatted("owner-" + callers.run);
            case "POST /api/v1/user-shares" -> userShareInput();
            case "PATCH /api/v1/ops/settings", "POST /api/v1/ops/cache/warm" -> "{}";
            default -> BODIES.containsKey(operation) ? filled(BODIES.get(operation)) : null;
        };
    }

    private String userShareInput() {
        callers.resetLimits();
        return "{\"recipient_username\": \"recipient-" + callers.run + "\", \"listing_id\": "
                + listing().path("id") + "}";
    }

    JsonNode listing() {
        if (listing == null) {
            listing = newListing();
        }
        return listing;
    }

    private JsonNode newListing() {
        return created(callers.owner.post("/api/v1/listings", filled(BODIES.get("POST /api/v1/listings"))))
                .json();
    }

    private JsonNode collection() {
        if (collection == null) {
            collection = created(callers.owner.post(
                            "/api/v1/collections", "{\"name\": \"" + unique() + "\", \"visibility\": \"unlisted\"}"))
                    .json();
            JsonNode created = collection;
            item = created(callers.owner.post(
                            "/api/v1/collections/" + created.path("id") + "/items",
                            "{\"listing_id\": " + listing().path("id") + "}"))
                    .json();
            collectionShare = created(
                            callers.owner.post("/api/v1/collections/" + created.path("id") + "/share-tokens", "{}"))
                    .json();
            created(callers.owner.patch(
                    "/api/v1/collections/" + created.path("id") + "/visibility",
                    "{\"visibility\": \"" + visibility + "\"}"));
        }
        return collection;
    }

    private JsonNode item() {
        collection();
        return Objects.requireNonNull(item);
    }

    private JsonNode collectionShare() {
        collection();
        return Objects.requireNonNull(collectionShare);
    }

    private JsonNode listingShare() {
        if (listingShare == null) {
            listingShare = created(
                            callers.owner.post("/api/v1/listings/" + listing().path("id") + "/shares", "{}"))
                    .json();
        }
        return listingShare;
    }

    private JsonNode userShare() {
        if (userShare == null) {
            userShare = created(callers.sender.post("/api/v1/user-shares", userShareInput()))
                    .json();
        }
        return userShare;
    }

    private static Response created(Response response) {
        if (response.status() >= 300) {
            throw new AssertionError(response.http().request().uri() + ": " + response.text());
        }
        return response;
    }
}
