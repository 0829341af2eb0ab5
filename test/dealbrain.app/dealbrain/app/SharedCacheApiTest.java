package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.testing.Api;
import dealbrain.testing.Api.Response;
import dealbrain.testing.Await;
import dealbrain.testing.TestDatabase;
import dealbrain.testing.TestRedis;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Two instances with one database and one Redis: neither returns anything older than a change that the other
 * acknowledged.
 */
class SharedCacheApiTest {
    /** Long enough that a busy machine polls changes in time: otherwise the cache would not be used. */
    private static final Map<String, String> LONG_LEASE = Map.of("DEALBRAIN_CACHE_LEASE_MS", "20000");

    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @Order(3)
    @RegisterExtension
    static final RunningApplication first = new RunningApplication(database, redis, LONG_LEASE);

    @Order(4)
    @RegisterExtension
    static final RunningApplication second = new RunningApplication(database, redis, LONG_LEASE);

    /**
     * A relation of a listing: its catalog route and input, its members in a listing, and a text member with a
     * change.
     */
    private record Relation(String kind, String input, String idMember, String member, String text, String change) {}

    private static final List<Relation> RELATIONS = List.of(
            new Relation("cpus", "{\"name\": \"%s\"}", "cpu_id", "cpu", "notes", "{\"notes\": \"%s\"}"),
            new Relation("gpus", "{\"name\": \"%s\"}", "gpu_id", "gpu", "notes", "{\"notes\": \"%s\"}"),
            new Relation(
                    "ports-profiles",
                    "{\"name\": \"%s\", \"ports\": []}",
                    "ports_profile_id",
                    "ports_profile",
                    "description",
                    "{\"description\": \"%s\"}"),
            new Relation(
                    "scoring-profiles",
                    "{\"name\": \"%s\", \"weights\": {}}",
                    "active_profile_id",
                    "active_profile",
                    "description",
                    "{\"description\": \"%s\"}"),
            new Relation(
                    "rulesets",
                    "{\"name\": \"%s\", \"version\": \"1\"}",
                    "ruleset_id",
                    "ruleset",
                    "description",
                    "{\"description\": \"%s\"}"),
            new Relation(
                    "ram-specs",
                    "{\"label\": \"%s\", \"ddr_generation\": \"ddr4\", \"speed_mhz\": 3200}",
                    "ram_spec_id",
                    "ram_spec",
                    "label",
                    "{\"label\": \"%s\"}"),
            new Relation(
                    "storage-profiles",
                    "{\"label\": \"%s\", \"medium\": \"nvme\", \"interface\": \"%1$s\"}",
                    "primary_storage_profile_id",
                    "primary_storage_profile",
                    "label",
                    "{\"label\": \"%s\"}"),
            new Relation(
                    "storage-profiles",
                    "{\"label\": \"%s\", \"medium\": \"hdd\", \"interface\": \"%1$s\"}",
                    "secondary_storage_profile_id",
                    "secondary_storage_profile",
                    "label",
                    "{\"label\": \"%s\"}"));

    private Api ada;
    private Api admin;
    private String listing;
    private JsonNode share;
    private String json;
    private String page;

    @BeforeEach
    void shareAListing() {
        ada = first.api().signUp("ada-" + unique());
        admin = first.admin();
        listing = ada.post("/api/v1/listings", "{\"title\": \"Tiny\", \"price_usd\": 199.90}")
                .header("Location")
                .orElseThrow();
        share = ada.post(listing + "/shares", "{}").json();
        page = "/deals/" + share.path("listing_id").asLong() + "/"
                + share.path("share_token").asText();
        json = "/api/v1" + page;
    }

    private static String unique() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    /** Caches a page in the memory of both instances; the second one reads it from Redis. */
    private void cacheOnBoth(String path) {
        assertEquals("MISS", cache(first.api().get(path)));
        Await.until("the page is in Redis", () -> cache(second.api().get(path)).equals("HIT"));
        for (RunningApplication server : List.of(first, second)) {
            Response hit = server.api().get(path);
            assertEquals("HIT", cache(hit));
            assertEquals(
                    "dealbrain; hit; detail=memory", hit.header("Cache-Status").orElseThrow());
            assertEquals("0", hit.header("X-DB-Queries").orElseThrow());
        }
    }

    private static String cache(Response response) {
        return response.header("X-Cache").orElse(response.text());
    }

    @Nested
    class NeverStale {
        @Test
        void showsANewPriceAtOnceOnBothInstancesAndInBothFormats() {
            cacheOnBoth(json);
            cacheOnBoth(page);
            for (int i = 1; i <= 20; i++) {
                ada.patch(listing, "{\"price_usd\": " + i + "}");
                assertEquals(
                        i,
                        second.api().get(json).json().at("/listing/price_usd").asInt());
                assertTrue(second.api().get(page).text().contains("$" + i), "price " + i);
                assertEquals(
                        i, first.api().get(json).json().at("/listing/price_usd").asInt());
            }
        }

        @Test
        void showsAChangeOfEachPartAtOnce() {
            for (Relation relation : RELATIONS) {
                String part = ada.post(
                                "/api/v1/catalog/" + relation.kind(),
                                relation.input().formatted(unique()))
                        .header("Location")
                        .orElseThrow();
                ada.patch(
                        listing,
                        "{\"" + relation.idMember() + "\": " + part.substring(part.lastIndexOf('/') + 1) + "}");
                String text = unique();
                cacheOnBoth(json);

                assertEquals(
                        200,
                        admin.patch(part, relation.change().formatted(text)).status());

                for (RunningApplication server : List.of(second, first)) {
                    assertEquals(
                            text,
                            server.api()
                                    .get(json)
                                    .json()
                                    .at("/listing/" + relation.member() + "/" + relation.text())
                                    .asText(),
                            relation.member());
                }
            }
        }

        @Test
        void showsANewDisplayNameAtOnce() {
            cacheOnBoth(json);

            ada.patch("/api/v1/users/me", "{\"display_name\": \"Countess\"}");

            assertEquals(
                    "Countess", second.api().get(json).json().path("shared_by").asText());
        }

        @Test
        void endsARevokedLinkAtOnce() {
            cacheOnBoth(json);

            ada.delete("/api/v1/listing-shares/" + share.path("id").asLong());

            assertEquals(
                    "share-not-found",
                    second.api().get(json).json().path("code").asText());
            assertEquals(404, second.api().get(page).status());
        }

        @Test
        void showsAnotherExpiryAtOnce() {
            cacheOnBoth(json);

            ada.patch("/api/v1/listing-shares/" + share.path("id").asLong(), "{\"expires_in_days\": null}");

            assertTrue(second.api().get(json).json().path("expires_at").isNull());
        }

        @Test
        void endsWithTheListing() {
            cacheOnBoth(json);

            ada.delete(listing);

            assertEquals(
                    "share-not-found",
                    second.api().get(json).json().path("code").asText());
        }

        @Test
        void showsChangesOfACollectionAndItsItemsAtOnce() {
            String collection = ada.post("/api/v1/collections", "{\"name\": \"Lab\", \"visibility\": \"unlisted\"}")
                    .header("Location")
                    .orElseThrow();
            String item = ada.post(
                            collection + "/items",
                            "{\"listing_id\": " + share.path("listing_id").asLong() + "}")
                    .header("Location")
                    .orElseThrow();
            String shared = "/api/v1/collections/shared/"
                    + ada.post(collection + "/share-tokens", "{}")
                            .json()
                            .path("share_token")
                            .asText();
            cacheOnBoth(shared);

            ada.patch(listing, "{\"price_usd\": 5}");
            assertEquals(
                    5,
                    second.api()
                            .get(shared)
                            .json()
                            .at("/items/0/listing/price_usd")
                            .asInt());
            ada.patch(collection, "{\"name\": \"Attic\"}");
            assertEquals("Attic", second.api().get(shared).json().path("name").asText());
            ada.delete(item);
            assertEquals(0, second.api().get(shared).json().path("items").size());
            ada.patch(collection + "/visibility", "{\"visibility\": \"private\"}");
            assertEquals(
                    "share-not-found",
                    second.api().get(shared).json().path("code").asText());
        }
    }

    @Nested
    class DealsOfASharedCollection {
        private String collection;
        private String item;
        private String token;
        private String deal;

        @BeforeEach
        void shareACollection() {
            collection = ada.post("/api/v1/collections", "{\"name\": \"Lab\", \"visibility\": \"unlisted\"}")
                    .header("Location")
                    .orElseThrow();
            item = ada.post(
                            collection + "/items",
                            "{\"listing_id\": " + share.path("listing_id").asLong() + "}")
                    .header("Location")
                    .orElseThrow();
            JsonNode link = ada.post(collection + "/share-tokens", "{}").json();
            token = link.path("id").asText();
            deal = "/c/" + link.path("share_token").asText() + "/deals/"
                    + share.path("listing_id").asLong();
            cacheOnBoth(deal);
        }

        private void shows(String text) {
            for (RunningApplication server : List.of(second, first)) {
                Response shown = server.api().get(deal);
                assertTrue(shown.text().contains(text), shown::text);
            }
        }

        private void isGone() {
            assertEquals(404, second.api().get(deal).status());
            assertEquals(404, first.api().get(deal).status());
        }

        @Test
        void showChangesAtOnceOnBothInstances() {
            ada.patch(listing, "{\"price_usd\": 5, \"seller\": \"Refurb & Co\"}");
            shows("$5.00");
            shows("Refurb &amp; Co");
            ada.patch(collection, "{\"name\": \"Attic\"}");
            shows("Attic");
            ada.patch("/api/v1/users/me", "{\"display_name\": \"Countess\"}");
            shows("kept by Countess");
        }

        @Test
        void showAChangeOfEachPartAtOnce() {
            String cpu = ada.post("/api/v1/catalog/cpus", "{\"name\": \"" + unique() + "\"}")
                    .header("Location")
                    .orElseThrow();
            ada.patch(listing, "{\"cpu_id\": " + cpu.substring(cpu.lastIndexOf('/') + 1) + "}");
            shows("Processor");
            admin.patch(cpu, "{\"cpu_mark_multi\": 7654}");
            shows("7,654");
        }

        @Test
        void areGoneWithTheItemAndBackWithIt() {
            ada.delete(item);
            isGone();
            ada.post(
                    collection + "/items",
                    "{\"listing_id\": " + share.path("listing_id").asLong() + "}");
            shows("Tiny");
        }

        @Test
        void areGoneWithTheLink() {
            ada.delete(collection + "/share-tokens/" + token);
            isGone();
        }

        @Test
        void areGoneInAPrivateCollection() {
            ada.patch(collection + "/visibility", "{\"visibility\": \"private\"}");
            isGone();
        }

        @Test
        void areGoneWithTheListing() {
            ada.delete(listing);
            isGone();
        }
    }

    @Nested
    class OwnCollections {
        @Test
        void areCachedAndShowEveryChange() {
            String cpu = ada.post("/api/v1/catalog/cpus", "{\"name\": \"" + unique() + "\"}")
                    .header("Location")
                    .orElseThrow();
            ada.patch(listing, "{\"cpu_id\": " + cpu.substring(cpu.lastIndexOf('/') + 1) + "}");
            String collection = ada.post("/api/v1/collections", "{\"name\": \"Lab\"}")
                    .header("Location")
                    .orElseThrow();
            String item = ada.post(
                            collection + "/items",
                            "{\"listing_id\": " + share.path("listing_id").asLong() + "}")
                    .header("Location")
                    .orElseThrow();
            Api there = second.api().as(ada.token());
            Await.until(
                    "the new instance uses its cache",
                    () -> cache(second.api().get(json)).equals("HIT"));

            unchanged(there, collection);
            ada.patch(item, "{\"notes\": \"quiet\"}");
            assertEquals(
                    "quiet", there.get(collection).json().at("/items/0/notes").asText());
            unchanged(there, collection);
            ada.patch(listing, "{\"price_usd\": 7}");
            assertEquals(
                    7,
                    there.get(collection)
                            .json()
                            .at("/items/0/listing/price_usd")
                            .asInt());
            unchanged(there, collection);
            admin.patch(cpu, "{\"notes\": \"fast\"}");
            assertEquals(
                    "fast",
                    there.get(collection)
                            .json()
                            .at("/items/0/listing/cpu/notes")
                            .asText());
            unchanged(there, collection);
            assertEquals(404, second.admin().get(collection).status());
            ada.delete(collection);
            assertEquals(404, there.get(collection).status());
        }

        /** Checks that a second read runs only the statement for the token. */
        private static void unchanged(Api api, String collection) {
            Response before = api.get(collection);
            Response again = api.get(collection);
            assertEquals("HIT", cache(again));
            assertEquals("1", again.header("X-DB-Queries").orElseThrow());
            assertEquals(before.text(), again.text());
            assertEquals(before.header("ETag"), again.header("ETag"));
            assertEquals(
                    304,
                    api.get(collection, "If-None-Match", again.header("ETag").orElseThrow())
                            .status());
        }
    }

    @Nested
    class Views {
        @Test
        void areCountedAtEachHitAndNeverDecrease() {
            cacheOnBoth(json);
            long before = count(first);
            for (int i = 0; i < 10; i++) {
                assertEquals(200, second.api().get(json).status());
            }

            long[] seen = {before};
            Await.until("the first instance shows the views of the second", () -> {
                long now = count(first);
                assertTrue(now >= seen[0], now + " after " + seen[0]);
                seen[0] = now;
                return now >= before + 10;
            });
        }

        private long count(RunningApplication server) {
            return server.api().get(json).json().path("view_count").asLong();
        }

        @Test
        void doNotChangeTheEntityTag() {
            String tag = first.api().get(json).header("ETag").orElseThrow();
            Await.until(
                    "a view is counted",
                    () -> first.api().get(json).json().path("view_count").asLong() > 0);

            Response unchanged = first.api().get(json, "If-None-Match", tag);

            assertEquals(304, unchanged.status());
            ada.patch(listing, "{\"price_usd\": 1}");
            assertEquals(200, first.api().get(json, "If-None-Match", tag).status());
        }
    }

    @Nested
    class Unknown {
        @Test
        void tokensAreReadFromTheDatabaseOnce() {
            String unknown = "/api/v1/deals/1/" + "y".repeat(56) + unique();

            assertEquals("1", first.api().get(unknown).header("X-DB-Queries").orElseThrow());
            assertEquals("0", first.api().get(unknown).header("X-DB-Queries").orElseThrow());
            assertEquals(
                    "0",
                    first.api()
                            .get("/api/v1/deals/1/too-short")
                            .header("X-DB-Queries")
                            .orElseThrow());
        }
    }

    @Nested
    class Operations {
        @Test
        void showStatisticsDeleteByPatternAndWarmUp() {
            cacheOnBoth(json);
            assertTrue(admin.get("/api/v1/ops/cache")
                            .json()
                            .at("/shares/memory_hits")
                            .asLong()
                    > 0);

            String pattern = "share:listing:" + share.path("listing_id").asLong() + ":*";
            assertEquals(
                    1,
                    admin.send("DELETE", "/api/v1/ops/cache?pattern=" + pattern, null)
                            .json()
                            .path("deleted")
                            .asInt());
            assertEquals("MISS", cache(second.api().get(json)));

            admin.send("DELETE", "/api/v1/ops/cache?pattern=*", null);
            assertEquals(
                    202, admin.post("/api/v1/ops/cache/warm", "{\"top\": 1000}").status());
            // The page is loaded after the JSON.
            String pages = pattern.replace("*", share.path("share_token").asText()) + ":page:*";
            Await.until(
                    "the page is in Redis again",
                    () -> redis.command("KEYS", redis.namespace() + pages).contains(":page:"));
            assertEquals("HIT", cache(first.api().get(json)));
            assertEquals("HIT", cache(first.api().get(page)));
        }

        @Test
        void areAllowedForAdministratorsOnly() {
            assertEquals(403, ada.get("/api/v1/ops/cache").status());
            assertEquals(
                    403, ada.send("DELETE", "/api/v1/ops/cache?pattern=*", null).status());
            assertEquals(403, ada.post("/api/v1/ops/cache/warm", "{}").status());
            assertEquals(422, admin.send("DELETE", "/api/v1/ops/cache", null).status());
        }

        @Test
        void reportThatRedisIsAvailable() {
            JsonNode ready = first.api().get("/health/ready").json();
            assertEquals("ok", ready.path("cache").asText());
            assertFalse(ready.path("status").asText().isEmpty());
        }
    }
}
