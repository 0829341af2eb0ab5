package dealbrain.app;

import dealbrain.testing.Api;
import dealbrain.testing.TestDatabase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A few rows of each table that all refer to each other, and random requests that change them: four listings, three of
 * them in three collections, links, shares between two users, notifications, two parts of each kind. Unique keys are
 * taken from a few values, so that requests want each other's. Thread-safe between two calls of {@link #refill}.
 */
final class ContestedRows {
    /** Brings every table back to the rows above; surplus rows stay and are not used. */
    private static final List<String> REFILL = List.of(
            "DELETE FROM user_share_limit",
            "DELETE FROM sign_in_failure",
            """
            UPDATE listing
               SET cpu_id = NULL, gpu_id = NULL, ruleset_id = NULL, active_profile_id = NULL, ram_spec_id = NULL,
                   primary_storage_profile_id = NULL, ports_profile_id = NULL
             WHERE num_nonnulls(cpu_id, gpu_id, ruleset_id, active_profile_id, ram_spec_id, primary_storage_profile_id,
                                ports_profile_id) > 0
            """,
            """
            INSERT INTO listing (owner_id, title)
            SELECT :ada, 'PC' FROM generate_series(1, 4 - (SELECT count(*) FROM listing WHERE owner_id = :ada))
            """,
            """
            INSERT INTO collection (user_id, name)
            SELECT :ada, 'C' FROM generate_series(1, 3 - (SELECT count(*) FROM collection WHERE user_id = :ada))
            """,
            "UPDATE collection SET visibility = 'public' WHERE user_id = :ada AND visibility <> 'public'",
            // the fourth listing is in no collection, so that it can be added
            """
            DELETE FROM collection_item
             WHERE listing_id = (SELECT id FROM listing WHERE owner_id = :ada ORDER BY id OFFSET 3 LIMIT 1)
            """,
            """
            INSERT INTO collection_item (collection_id, listing_id, position, order_key)
            SELECT c.id, l.id, last.position + row_number() OVER (PARTITION BY c.id ORDER BY l.id),
                   last.key + row_number() OVER (PARTITION BY c.id ORDER BY l.id)
              FROM (SELECT id FROM collection WHERE user_id = :ada ORDER BY id LIMIT 3) c,
                   (SELECT id FROM listing WHERE owner_id = :ada ORDER BY id LIMIT 3) l,
                   LATERAL (SELECT coalesce(max(position), -1) AS position, coalesce(max(order_key), -1) AS key
                              FROM collection_item WHERE collection_id = c.id) last
             WHERE NOT EXISTS (SELECT FROM collection_item WHERE collection_id = c.id AND listing_id = l.id)
            """,
            """
            INSERT INTO listing_share (listing_id, created_by, share_token)
            SELECT l.id, :ada, left(md5(random()::text) || md5(random()::text), 64)
              FROM (SELECT id FROM listing WHERE owner_id = :ada ORDER BY id LIMIT 4) l, generate_series(1, 2)
             WHERE (SELECT count(*) FROM listing_share) < 8
            """,
            """
            INSERT INTO collection_share (collection_id, share_token)
            SELECT c.id, left(md5(random()::text) || md5(random()::text), 64)
              FROM (SELECT id FROM collection WHERE user_id = :ada ORDER BY id LIMIT 3) c, generate_series(1, 2)
             WHERE (SELECT count(*) FROM collection_share) < 6
            """,
            """
            INSERT INTO user_share (sender_id, recipient_id, listing_id, share_token, expires_at)
            SELECT sender, recipient, l.id, left(md5(random()::text) || md5(random()::text), 64), now() + '1 hour'
              FROM (SELECT id FROM listing WHERE owner_id = :ada ORDER BY id LIMIT 4) l,
                   (VALUES (:ada, :bob), (:bob, :ada)) pair (sender, recipient)
             WHERE (SELECT count(*) FROM user_share) < 8
            """,
            """
            INSERT INTO notification (user_id, type, title, share_id)
            SELECT person, 'share_received', 'T', s.id
              FROM (SELECT id FROM user_share ORDER BY random() LIMIT 8) s, (VALUES (:ada), (:bob)) each (person)
             WHERE (SELECT count(*) FROM notification WHERE read_at IS NULL) < 12
            """,
            """
            INSERT INTO access_token (user_id, scope, token_hash)
            SELECT :ada, 'read', sha256(random()::text::bytea) FROM generate_series(1, 3)
             WHERE (SELECT count(*) FROM access_token) < 20
            """,
            // users whom administrators change and who delete themselves, each with a listing that Ada has
            "DELETE FROM user_account WHERE username LIKE 'account-%' AND row_version > 1",
            """
            INSERT INTO user_account (username, password_hash)
            SELECT 'account-' || gen_random_uuid(), (SELECT password_hash FROM user_account WHERE id = :ada)
              FROM generate_series(1, 3 - (SELECT count(*) FROM user_account WHERE username LIKE 'account-%'))
            """,
            """
            INSERT INTO access_token (user_id, scope, token_hash)
            SELECT id, 'write', sha256(convert_to('dbt_' || rpad(id::text, 43, 'x'), 'UTF8')) FROM user_account u
             WHERE username LIKE 'account-%' AND NOT EXISTS (SELECT FROM access_token WHERE user_id = u.id)
            """,
            """
            INSERT INTO listing (owner_id, title)
            SELECT id, 'PC' FROM user_account u
             WHERE username LIKE 'account-%' AND NOT EXISTS (SELECT FROM listing WHERE owner_id = u.id)
            """,
            """
            INSERT INTO collection_item (collection_id, listing_id, position, order_key)
            SELECT last.id, l.id, last.position + row_number() OVER (ORDER BY l.id),
                   last.key + row_number() OVER (ORDER BY l.id)
              FROM listing l JOIN user_account u ON u.id = l.owner_id,
                   LATERAL (SELECT c.id, coalesce(max(i.position), -1) AS position, coalesce(max(i.order_key), -1) AS key
                              FROM collection c LEFT JOIN collection_item i ON i.collection_id = c.id
                             WHERE c.id = (SELECT min(id) FROM collection WHERE user_id = :ada) GROUP BY c.id) last
             WHERE u.username LIKE 'account-%' AND NOT EXISTS (SELECT FROM collection_item WHERE listing_id = l.id)
            """,
            """
            INSERT INTO invite (code_hash, expires_at)
            SELECT sha256(random()::text::bytea), now() + interval '1 hour'
              FROM generate_series(1, 3 - (SELECT count(*) FROM invite))
            """);

    private static final Map<String, String> PARTS = Map.of(
            "cpus", "cpu",
            "gpus", "gpu",
            "ram-specs", "ram_spec",
            "storage-profiles", "storage_profile",
            "ports-profiles", "ports_profile",
            "scoring-profiles", "scoring_profile",
            "rulesets", "ruleset");

    private static final String BY_SOURCE = "/api/v1/listings/by-source/{marketplace}/{vendor_item_id}";
    private static final String COLLECTION = "/api/v1/collections/{id}";

    private final TestDatabase database;
    private final Api anonymous;
    private final Api ada;
    private final Api bob;
    private final Api admin;
    private final long adaId;
    private final long bobId;
    private final Map<String, Supplier<String>> bodies = new HashMap<>();
    private volatile Map<String, List<String>> keys = Map.of();

    ContestedRows(TestDatabase database, RunningApplication application) {
        this.database = database;
        anonymous = application.api();
        ada = anonymous.signUp("ada");
        bob = anonymous.signUp("bob");
        admin = application.admin();
        adaId = ada.get("/api/v1/users/me").json().path("id").asLong();
        bobId = bob.get("/api/v1/users/me").json().path("id").asLong();
        describeBodies();
        refill();
    }

    private static int random(int bound) {
        return ThreadLocalRandom.current().nextInt(bound);
    }

    private static <T> T oneOf(List<T> values) {
        return values.get(random(values.size()));
    }

    /** Restores the rows, and reads which there are. */
    void refill() {
        REFILL.forEach(statement ->
                execute(statement.replace(":ada", Long.toString(adaId)).replace(":bob", Long.toString(bobId))));
        for (String kind : PARTS.values()) {
            String columns = kind.equals("ram_spec")
                    ? "(ddr_generation, speed_mhz) SELECT 'ddr4', n"
                    : kind.equals("storage_profile")
                            ? "(medium, capacity_gb) SELECT 'nvme', n"
                            : "(name) SELECT 'part ' || n";
            execute("INSERT INTO " + kind + " " + columns + " FROM generate_series(1, 2) n ON CONFLICT DO NOTHING");
        }
        Map<String, List<String>> read = new HashMap<>();
        read.put("listing", ids("SELECT id FROM listing WHERE owner_id = " + adaId + " ORDER BY id LIMIT 4"));
        read.put("collection", ids("SELECT id FROM collection WHERE user_id = " + adaId + " ORDER BY id LIMIT 3"));
        read.put(
                "item",
                ids("SELECT collection_id || '/items/' || id FROM collection_item WHERE collection_id IN"
                        + " (SELECT id FROM collection WHERE user_id = " + adaId + " ORDER BY id LIMIT 3)"));
        read.put("listing_share", ids("SELECT id FROM listing_share ORDER BY id LIMIT 8"));
        read.put(
                "collection_share",
                ids("SELECT collection_id || '/share-tokens/' || id FROM collection_share ORDER BY id LIMIT 6"));
        read.put("collection_token", ids("SELECT share_token FROM collection_share ORDER BY id LIMIT 6"));
        read.put("user_share", ids("SELECT share_token FROM user_share ORDER BY id LIMIT 8"));
        read.put("notification", ids("SELECT id FROM notification ORDER BY id DESC LIMIT 12"));
        read.put("account", ids("SELECT id FROM user_account WHERE username LIKE 'account-%' ORDER BY id LIMIT 3"));
        read.put("invite", ids("SELECT id FROM invite ORDER BY id LIMIT 3"));
        read.put("token", ids("SELECT id FROM access_token WHERE scope = 'read' ORDER BY id DESC LIMIT 3"));
        PARTS.values().forEach(kind -> read.put(kind, ids("SELECT id FROM " + kind + " ORDER BY id LIMIT 2")));
        keys = read;
    }

    private void execute(String statement) {
        database.jdbi().useHandle(handle -> handle.execute(statement));
    }

    private List<String> ids(String query) {
        return database.jdbi()
                .withHandle(
                        handle -> handle.createQuery(query).mapTo(String.class).list());
    }

    private String key(String table) {
        List<String> all = keys.getOrDefault(table, List.of());
        return all.isEmpty() ? "0" : oneOf(all);
    }

    private List<String> shuffled(String table) {
        List<String> all = new ArrayList<>(keys.getOrDefault(table, List.of()));
        Collections.shuffle(all);
        return all;
    }

    private void describeBodies() {
        bodies.put(
                "POST /api/v1/users",
                () -> "{\"username\": \"u" + random(1_000_000)
                        + "\", \"password\": \"correct horse battery\", \"email\": " + email() + "}");
        bodies.put("PATCH /api/v1/users/me", () -> "{\"email\": " + email() + "}");
        bodies.put("DELETE /api/v1/users/me", () -> "{\"current_password\": \"correct horse battery\"}");
        bodies.put(
                "POST /api/v1/admin/users",
                () -> "{\"username\": \"a" + random(1_000_000)
                        + "\", \"password\": \"correct horse battery\", \"email\": " + email() + "}");
        bodies.put(
                "PATCH /api/v1/admin/users/{id}",
                () -> "{\"disabled\": " + (random(2) == 0) + ", \"email\": " + email() + "}");
        bodies.put("POST /api/v1/invites", () -> "{}");
        bodies.put(
                "POST /api/v1/tokens",
                () -> "{\"username\": \"ada\", \"password\": \"correct horse battery\", \"scope\": \"read\"}");
        PARTS.forEach((path, kind) -> {
            bodies.put("POST /api/v1/catalog/" + path, () -> part(kind));
            bodies.put("PATCH /api/v1/catalog/" + path + "/{id}", () -> part(kind));
        });
        bodies.put(
                "PUT /api/v1/catalog/cpus/import",
                () -> "name,cpu_mark_multi\npart 1," + (1 + random(9)) + "\npart " + (2 + random(3)) + ","
                        + (1 + random(9)) + "\n");
        bodies.put("POST /api/v1/listings", this::listing);
        bodies.put("PATCH /api/v1/listings/{id}", this::listing);
        bodies.put(
                "PUT " + BY_SOURCE,
                () -> "{\"title\": \"PC\", \"cpu_id\": " + key("cpu") + ", \"gpu_id\": " + key("gpu") + "}");
        bodies.put(
                "POST /api/v1/listings/bulk",
                () -> "{\"listings\": [" + vendorItem(1 + random(9)) + ", " + vendorItem(10 + random(90_000)) + "]}");
        bodies.put("POST /api/v1/listings/import", ContestedRows::sheet);
        bodies.put("POST /api/v1/listings/parse", () -> "{\"title\": \"Tiny i5-8500T\"}");
        bodies.put("POST /api/v1/collections", () -> "{\"name\": \"new\"}");
        bodies.put("PATCH " + COLLECTION, () -> "{\"visibility\": \"" + oneOf(List.of("private", "public")) + "\"}");
        bodies.put(
                "PATCH " + COLLECTION + "/visibility",
                () -> "{\"visibility\": \"" + oneOf(List.of("private", "unlisted")) + "\"}");
        bodies.put(
                "POST " + COLLECTION + "/items",
                () -> "{\"listing_id\": " + key("listing") + ", \"position\": " + random(3) + "}");
        bodies.put("POST " + COLLECTION + "/items/bulk", () -> "{\"listing_ids\": " + shuffled("listing") + "}");
        bodies.put("PUT " + COLLECTION + "/items/order", () -> "{\"item_ids\": " + itemIds() + "}");
        bodies.put("PATCH " + COLLECTION + "/items/{item_id}", () -> "{\"position\": " + random(5) + "}");
        bodies.put("POST " + COLLECTION + "/copy", () -> "{}");
        bodies.put("POST /api/v1/collections/import", this::file);
        bodies.put("POST /api/v1/listings/{id}/shares", () -> "{}");
        bodies.put("PATCH /api/v1/listing-shares/{id}", () -> "{\"expires_in_days\": 3}");
        bodies.put("POST " + COLLECTION + "/share-tokens", () -> "{}");
        bodies.put("POST /api/v1/collections/shared/{share_token}/copy", () -> "{}");
        bodies.put(
                "POST /api/v1/user-shares",
                () -> "{\"recipient_username\": \"bob\", \"listing_id\": " + key("listing") + "}");
        bodies.put(
                "POST /api/v1/user-shares/{share_token}/import",
                () -> random(2) == 0 ? "{}" : "{\"collection_id\": " + key("collection") + "}");
        bodies.put("PATCH /api/v1/ops/settings", () -> "{}");
        bodies.put("POST /api/v1/ops/cache/warm", () -> "{\"top\": 1}");
        bodies.put("POST /api/v1/ops/recordings", () -> "{\"seconds\": 1}");
    }

    private static String email() {
        return random(2) == 0 ? "null" : "\"e" + random(3) + "@example.org\"";
    }

    private static String part(String kind) {
        int number = random(4) == 0 ? 10 + random(90_000) : 1 + random(3);
        return switch (kind) {
            case "ram_spec" -> "{\"ddr_generation\": \"ddr4\", \"speed_mhz\": " + number + "}";
            case "storage_profile" -> "{\"medium\": \"nvme\", \"capacity_gb\": " + number + "}";
            case "scoring_profile" ->
                "{\"name\": \"part " + number + "\", \"is_default\": " + (random(2) == 0)
                        + ", \"weights\": {\"ram_gb\": 1}, \"references\": {\"ram_gb\": " + number + "}}";
            case "ruleset" ->
                "{\"name\": \"part " + number + "\", \"is_default\": " + (random(2) == 0)
                        + ", \"rules\": [{\"component\": \"cpu\", \"metric\": \"flat\", \"unit_value_usd\": "
                        + random(100) + "}]}";
            case "cpu" -> "{\"name\": \"part " + number + "\", \"cpu_mark_multi\": " + number + "}";
            default -> "{\"name\": \"part " + number + "\"}";
        };
    }

    private String listing() {
        return vendorItem(random(4) == 0 ? 10 + random(90_000) : 1 + random(6))
                .replace(
                        "}",
                        ", \"cpu_id\": " + key("cpu") + ", \"gpu_id\": " + key("gpu")
                                + partOrNull("ruleset_id", "ruleset")
                                + partOrNull("active_profile_id", "scoring_profile")
                                + partOrNull("ram_spec_id", "ram_spec")
                                + partOrNull("primary_storage_profile_id", "storage_profile")
                                + partOrNull("ports_profile_id", "ports_profile") + "}");
    }

    private String partOrNull(String member, String kind) {
        return ", \"" + member + "\": " + (random(2) == 0 ? "null" : key(kind));
    }

    private static String vendorItem(int number) {
        return "{\"title\": \"PC\", \"marketplace\": \"m\", \"vendor_item_id\": \"" + number + "\"}";
    }

    private List<String> itemIds() {
        String collection = key("collection") + "/";
        return shuffled("item").stream()
                .filter(each -> each.startsWith(collection))
                .map(each -> each.substring(each.lastIndexOf('/') + 1))
                .toList();
    }

    private String file() {
        List<String> items = new ArrayList<>();
        for (int first = random(3), i = 0; i < 3; i++) {
            int number = 1 + (first + i) % 6;
            items.add("{\"listing\": "
                    + vendorItem(number).replace("}", ", \"cpu\": " + part("cpu") + ", \"gpu\": " + part("gpu") + "}")
                    + "}");
        }
        return "{\"format\": \"dealbrain-collection\", \"version\": 1, \"name\": \"imported\", \"items\": " + items
                + "}";
    }

    private static String sheet() {
        int number = 1 + random(5);
        return "title,marketplace,vendor_item_id,cpu,ram_spec\nPC,m," + number + ",part 1," + number + " GB DDR3\nPC "
                + random(2) + ",m," + (number + 1) + ",,\nPC,,,part 2,\n";
    }

    private String path(String template) {
        if (template.startsWith("/api/v1/catalog/") && template.endsWith("{id}")) {
            String kind = template.split("/")[4];
            return template.replace("{id}", key(PARTS.get(kind)));
        }
        if (template.equals(BY_SOURCE)) {
            return "/api/v1/listings/by-source/m/" + (1 + random(6));
        }
        if (template.equals("/api/v1/ops/cache")) {
            return template + "?pattern=nothing";
        }
        if (template.contains("/items/{item_id}")) {
            return "/api/v1/collections/" + key("item");
        }
        if (template.contains("/share-tokens/{token_id}")) {
            return "/api/v1/collections/" + key("collection_share");
        }
        String table = template.startsWith("/api/v1/collections/shared/")
                ? "collection_token"
                : template.startsWith("/api/v1/collections/")
                        ? "collection"
                        : template.startsWith("/api/v1/listings/")
                                ? "listing"
                                : template.startsWith("/api/v1/listing-shares/")
                                        ? "listing_share"
                                        : template.startsWith("/api/v1/user-shares/")
                                                ? "user_share"
                                                : template.startsWith("/api/v1/notifications/")
                                                        ? "notification"
                                                        : template.startsWith("/api/v1/admin/users/")
                                                                ? "account"
                                                                : template.startsWith("/api/v1/invites/")
                                                                        ? "invite"
                                                                        : "token";
        return template.replaceFirst("\\{\\w+}", key(table));
    }

    private @Nullable String body(WriteOperation operation) {
        Supplier<String> body = bodies.get(operation.toString());
        return body == null ? null : body.get();
    }

    private Api caller(WriteOperation operation) {
        String template = operation.template();
        if (OneOfEach.isOfAdministrators(template)) {
            return admin;
        }
        if (operation.toString().equals("DELETE /api/v1/users/me")) {
            String id = key("account");
            return anonymous.as("dbt_" + id + "x".repeat(43 - id.length()));
        }
        boolean ofBoth = template.startsWith("/api/v1/user-shares/")
                || template.startsWith("/api/v1/notifications/")
                || template.startsWith("/api/v1/users/")
                || template.endsWith("/copy");
        return ofBoth && random(2) == 0 ? bob : ada;
    }

    /** Sends a random request of an operation. */
    Api.Response send(WriteOperation operation) {
        return caller(operation).send(operation.method(), path(operation.template()), body(operation));
    }

    /** Reads pages whose views are counted. */
    void view() {
        anonymous.get("/c/" + key("collection_token"));
        anonymous.get("/api/v1/collections/public/" + key("collection"));
    }

    /** Returns the numbers of rows that break an invariant, by its name. */
    Map<String, Long> violations() {
        Map<String, Long> found = new HashMap<>();
        Map.of(
                        "item_count differs from the items",
                        "SELECT count(*) FROM collection c WHERE item_count <>"
                                + " (SELECT count(*) FROM collection_item WHERE collection_id = c.id)",
                        "the order of positions differs from that of keys",
                        "SELECT count(*) FROM (SELECT row_number() OVER (PARTITION BY collection_id ORDER BY position)"
                                + " - row_number() OVER (PARTITION BY collection_id ORDER BY order_key) AS d"
                                + " FROM collection_item) x WHERE d <> 0",
                        "a private collection has links",
                        "SELECT count(*) FROM collection_share s JOIN collection c ON c.id = s.collection_id"
                                + " WHERE c.visibility = 'private'",
                        "an item without listing or collection",
                        "SELECT count(*) FROM collection_item i LEFT JOIN listing l ON l.id = i.listing_id"
                                + " LEFT JOIN collection c ON c.id = i.collection_id"
                                + " WHERE l.id IS NULL OR c.id IS NULL",
                        "a verdict differs from the listing and its parts",
                        "SELECT count(*) FROM listing l CROSS JOIN LATERAL verdict_of(l) v"
                                + " LEFT JOIN listing_verdict stored ON stored.id = l.id"
                                + " WHERE stored.id IS NULL OR stored *<> v",
                        "a notification of a deleted share",
                        "SELECT count(*) FROM notification n WHERE share_id IS NOT NULL"
                                + " AND NOT EXISTS (SELECT FROM user_share WHERE id = n.share_id)")
                .forEach((name, query) -> {
                    long count = Long.parseLong(ids(query).getFirst());
                    if (count > 0) {
                        found.put(name, count);
                    }
                });
        return found;
    }
}
