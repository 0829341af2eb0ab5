package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.testing.Api;
import dealbrain.testing.Api.Response;
import dealbrain.testing.Await;
import dealbrain.testing.TestDatabase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads every list of the API page by page, with each filter and sort order. Those of the route table must be here. */
class EveryListTest {
    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final RunningApplication application = new RunningApplication(database, Map.of());

    private static final Pattern LINK = Pattern.compile("<([^>]*)>; rel=\"([a-z]+)\"");
    private static final Map<String, String> PARTS = Map.of(
            "cpu", "{\"name\": \"CPU %d\"}",
            "gpu", "{\"name\": \"GPU %d\"}",
            "ram_spec",
                    "{\"label\": \"RAM\", \"ddr_generation\": \"ddr4\", \"speed_mhz\": 3200, \"module_count\": 2,"
                            + " \"capacity_per_module_gb\": %1$d, \"total_capacity_gb\": %1$d}",
            "storage_profile", "{\"label\": \"SSD\", \"medium\": \"nvme\", \"capacity_gb\": 5%d}",
            "ports_profile", "{\"name\": \"Ports %d\", \"ports\": []}",
            "scoring_profile", "{\"name\": \"Scoring %d\", \"weights\": {\"cpu\": 1}}",
            "ruleset", "{\"name\": \"Rules %d\"}");

    private static Api ada;
    private static Api bob;
    private static long adaId;
    private static long bobId;
    private static long listing;
    private static long collection;

    /**
     * A list with one filter and order.
     *
     * @param template the route
     * @param path     the path and the query
     * @param table    the table of its elements
     * @param insert   inserts an element for a number that no other one has, at the start or at the end of the list
     */
    private record Listed(String template, String path, Api caller, String table, IntConsumer insert) {
        @Override
        public String toString() {
            return path;
        }

        String with(String parameters) {
            return path + (path.contains("?") ? "&" : "?") + parameters;
        }
    }

    @BeforeAll
    static void createOwners() {
        ada = application.api().signUp("ada");
        bob = application.api().signUp("bob");
        adaId = ada.get("/api/v1/users/me").json().path("id").asLong();
        bobId = bob.get("/api/v1/users/me").json().path("id").asLong();
        listing = listing();
        collection = ada.post("/api/v1/collections", "{\"name\": \"Lab\", \"visibility\": \"public\"}")
                .json()
                .path("id")
                .asLong();
        Await.until(
                "three jobs have run",
                () -> application.admin().get("/api/v1/ops/jobs").json().size() >= 3);
    }

    /** Creates a listing with one of few prices, or without. */
    private static long listing() {
        int price = number++ % 4;
        String member = price == 0 ? "" : ", \"price_usd\": " + price;
        Response created = ada.post("/api/v1/listings", "{\"title\": \"PC\"" + member + "}");
        return created.json().path("id").asLong();
    }

    private static void sql(String statement, Object... arguments) {
        database.jdbi().useHandle(handle -> handle.execute(statement, arguments));
    }

    private static Listed list(String template, String query, Api caller, String table, IntConsumer insert) {
        String path = template.replace("listings/{id}", "listings/" + listing)
                .replace("collections/{id}", "collections/" + collection);
        return new Listed(template, path + query, caller, table, insert);
    }

    static Stream<Listed> listsOfRows() {
        return Stream.of(
                        accounts(),
                        audit(),
                        catalog(),
                        listings(),
                        collections(),
                        items(),
                        links(),
                        shares(),
                        notifications())
                .flatMap(List::stream);
    }

    private static List<Listed> accounts() {
        return List.of(
                list(
                        "/api/v1/tokens",
                        "",
                        ada,
                        "access_token",
                        n -> sql(
                                "INSERT INTO access_token (user_id, scope, token_hash)"
                                        + " VALUES (?, 'read', sha256(convert_to(?, 'UTF8')))",
                                adaId,
                                "token " + n)),
                list(
                        "/api/v1/users",
                        "?q=li-",
                        ada,
                        "user_account",
                        n -> sql(
                                "INSERT INTO user_account (username, password_hash) VALUES (?, 'x')",
                                "Li-" + (9000 - n))),
                list("/api/v1/admin/users", "", application.admin(), "user_account", EveryListTest::guest),
                list("/api/v1/admin/users", "?q=guest", application.admin(), "user_account", EveryListTest::guest),
                list(
                        "/api/v1/invites",
                        "",
                        application.admin(),
                        "invite",
                        n -> sql(
                                "INSERT INTO invite (code_hash, expires_at)"
                                        + " VALUES (sha256(convert_to(?, 'UTF8')), now())",
                                "invite " + n)));
    }

    /** By the API, which writes the words for the search. */
    private static void guest(int number) {
        requireCreated(application
                .admin()
                .post(
                        "/api/v1/admin/users",
                        "{\"username\": \"guest-" + number + "\", \"password\": \"correct horse battery\"}"));
    }

    private static List<Listed> audit() {
        Api admin = application.admin();
        IntConsumer insert = n -> sql(
                "INSERT INTO audit_entry (action, actor_name, target_kind, target_name)"
                        + " VALUES ('token_deleted', CASE WHEN ? % 2 = 0 THEN 'Zoe' END, 'user', 'zoe')",
                n);
        return Stream.of("", "?user=zoe", "?action=token_deleted", "?user=zoe&action=token_deleted&since=2026-01-01")
                .map(query -> list("/api/v1/ops/audit", query, admin, "audit_entry", insert))
                .toList();
    }

    private static List<Listed> catalog() {
        List<Listed> lists = new ArrayList<>();
        PARTS.forEach((table, body) -> {
            String route = "/api/v1/catalog/" + table.replace('_', '-') + "s";
            IntConsumer insert = n -> requireCreated(ada.post(route, body.formatted(n)));
            lists.add(list(route, "", ada, table, insert));
            lists.add(list(route, "?q=" + body.replaceFirst("[^:]*: \"(\\w+).*", "$1"), ada, table, insert));
        });
        return lists;
    }

    private static List<Listed> listings() {
        IntConsumer insert = n -> requireCreated(
                ada.post("/api/v1/listings", "{\"title\": \"Paging\", \"status\": \"pending\", \"price_usd\": 5}"));
        return Stream.of(
                        "?status=pending",
                        "?q=paging",
                        "?owner=me",
                        "?owner=me&sort=price_usd",
                        "?owner=me&q=paging",
                        "?status=pending&sort=-price_usd",
                        "?status=pending&sort=price_usd",
                        "?status=pending&sort=adjusted_price_usd",
                        "?status=pending&sort=-score_composite")
                .map(query -> list("/api/v1/listings", query, ada, "listing", insert))
                .toList();
    }

    private static List<Listed> collections() {
        IntConsumer insert = n -> requireCreated(
                ada.post("/api/v1/collections", "{\"name\": \"Lab " + n + "\", \"visibility\": \"public\"}"));
        List<Listed> lists = new ArrayList<>();
        Stream.of("", "?q=lab", "?visibility=public", "?q=lab&visibility=public")
                .forEach(query -> lists.add(list("/api/v1/collections", query, ada, "collection", insert)));
        Stream.of("", "?q=lab", "?sort=popular", "?q=lab&sort=popular", "?owner_id=OWNER", "?owner_id=OWNER&q=lab")
                .map(query -> query.replace("OWNER", Long.toString(adaId)))
                .forEach(query -> lists.add(
                        list("/api/v1/collections/discover", query, application.api(), "collection", insert)));
        return lists;
    }

    private static List<Listed> items() {
        String route = "/api/v1/collections/{id}/items";
        IntConsumer insert = _ -> requireCreated(ada.post(
                route.replace("{id}", Long.toString(collection)),
                "{\"listing_id\": " + listing() + ", \"position\": 0}"));
        return Stream.of(
                        "position",
                        "-added_at",
                        "price_usd",
                        "-price_usd",
                        "adjusted_price_usd",
                        "-adjusted_price_usd",
                        "-score_composite")
                .flatMap(sort -> Stream.of("?sort=" + sort, "?status=undecided&sort=" + sort))
                .map(query -> list(route, query, ada, "collection_item", insert))
                .toList();
    }

    private static List<Listed> links() {
        String ofCollection = "/api/v1/collections/{id}/share-tokens";
        String ofListing = "/api/v1/listings/{id}/shares";
        IntConsumer toListing = _ -> requireCreated(ada.post(ofListing.replace("{id}", Long.toString(listing)), "{}"));
        return List.of(
                list(
                        ofCollection,
                        "",
                        ada,
                        "collection_share",
                        _ -> requireCreated(ada.post(ofCollection.replace("{id}", Long.toString(collection)), "{}"))),
                list(ofListing, "", ada, "listing_share", toListing),
                list("/api/v1/listing-shares", "", ada, "listing_share", toListing));
    }

    private static List<Listed> shares() {
        List<Listed> lists = new ArrayList<>();
        for (String filter : List.of("all", "unviewed", "imported", "expired")) {
            lists.add(list("/api/v1/user-shares", "?filter=" + filter, bob, "user_share", n -> share(n, filter)));
        }
        lists.add(list("/api/v1/user-shares/sent", "", ada, "user_share", n -> share(n, "all")));
        return lists;
    }

    private static void share(int n, String filter) {
        sql(
                "INSERT INTO user_share (sender_id, recipient_id, listing_id, share_token, expires_at, imported_at)"
                        + " VALUES (?, ?, ?, rpad(?, 64, 'x'), now() + make_interval(days => ?),"
                        + " CASE ? WHEN 'imported' THEN now() END)",
                adaId,
                bobId,
                listing,
                "share-" + filter + n,
                filter.equals("expired") ? -1 : 1,
                filter);
    }

    private static List<Listed> notifications() {
        IntConsumer insert = n ->
                sql("INSERT INTO notification (user_id, type, title) VALUES (?, 'system', ?)", adaId, "number " + n);
        return Stream.of(
                        "",
                        "?unread_only=true",
                        "?notification_type=system",
                        "?unread_only=true&notification_type=system")
                .map(query -> list("/api/v1/notifications", query, ada, "notification", insert))
                .toList();
    }

    static List<Listed> reports() {
        return Stream.of("queries", "requests", "jobs")
                .map(name -> list("/api/v1/ops/" + name, "", application.admin(), "", _ -> {}))
                .toList();
    }

    static Stream<Listed> lists() {
        return Stream.concat(listsOfRows(), reports().stream());
    }

    private static void requireCreated(Response response) {
        assertEquals(201, response.status(), response.text());
    }

    private static int number = 100;

    private static void insert(Listed list, int elements) {
        for (int i = 0; i < elements; i++) {
            list.insert().accept(number++);
        }
    }

    private static Response get(Listed list, String path) {
        Response response = list.caller().get(path);
        assertEquals(200, response.status(), () -> path + " " + response.text());
        return response;
    }

    private static List<String> ids(Response page) {
        JsonNode elements = page.json().isArray() ? page.json() : page.json().path("notifications");
        return elements.valueStream()
                .map(each -> Stream.of("id", "fingerprint", "route")
                        .filter(each::has)
                        .map(name -> each.path(name).asText())
                        .findFirst()
                        .orElseThrow())
                .toList();
    }

    private static List<String> byOffset(Listed list) {
        List<String> all = new ArrayList<>();
        List<String> page = List.of();
        do {
            page = ids(get(list, list.with("limit=100&offset=" + all.size())));
            all.addAll(page);
        } while (!page.isEmpty());
        return all;
    }

    private static @Nullable String link(Response page, String relation) {
        Matcher links = LINK.matcher(page.header("Link").orElse(""));
        while (links.find()) {
            if (links.group(2).equals(relation)) {
                return links.group(1);
            }
        }
        return null;
    }

    private static String cursor(Listed list) {
        String next = Objects.requireNonNull(link(get(list, list.with("limit=1")), "next"), list::toString);
        return next.replaceFirst(".*[?&]cursor=([^&]*).*", "$1");
    }

    /** Returns the routes of the OpenAPI document whose responses have a total. */
    private static Set<String> routes() {
        Set<String> routes = new TreeSet<>();
        application.api().get("/openapi.json").json().path("paths").properties().forEach(path -> {
            JsonNode operation = path.getValue().path("get");
            if (operation.at("/responses/200/headers").has("X-Total-Count")) {
                routes.add(path.getKey());
            }
        });
        return routes;
    }

    @Test
    void areAllHere() {
        assertEquals(routes(), lists().map(Listed::template).collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void haveTheSameParameters() {
        JsonNode paths = application.api().get("/openapi.json").json().path("paths");
        for (String route : routes()) {
            List<String> names = paths.path(route)
                    .at("/get/parameters")
                    .valueStream()
                    .map(parameter -> parameter.path("name").asText())
                    .toList();
            assertTrue(names.containsAll(List.of("limit", "offset", "cursor", "count")), route + names);
        }
    }

    @ParameterizedTest
    @MethodSource("listsOfRows")
    void neitherMissNorRepeatAnythingWhileRowsAreInsertedAndDeleted(Listed list) {
        insert(list, 7);
        List<String> before = byOffset(list);
        assertTrue(before.size() >= 7, before::toString);

        List<String> found = new ArrayList<>();
        Set<String> deleted = new LinkedHashSet<>();
        Optional<String> next = Optional.of(list.with("limit=2"));
        while (next.isPresent()) {
            Response page = get(list, next.get());
            found.addAll(ids(page));
            next = Optional.ofNullable(link(page, "next"));
            if (next.isPresent() && deleted.size() < 3) {
                insert(list, 1);
                String shown = found.get(2 * deleted.size());
                delete(list, shown);
                deleted.add(shown);
            }
        }

        assertEquals(new LinkedHashSet<>(found).size(), found.size(), found::toString);
        assertEquals(before, found.stream().filter(before::contains).toList());
        assertEquals(3, deleted.size());
    }

    private static void delete(Listed list, String id) {
        if (list.table().equals("collection_item")) {
            ada.delete("/api/v1/collections/" + collection + "/items/" + id);
        } else {
            sql("DELETE FROM " + list.table() + " WHERE id = ?", Long.parseLong(id));
        }
    }

    @ParameterizedTest
    @MethodSource("reports")
    void ofReportsRepeatNothing(Listed list) {
        List<String> found = new ArrayList<>();
        Optional<String> next = Optional.of(list.with("limit=2"));
        while (next.isPresent()) {
            Response page = get(list, next.get());
            found.addAll(ids(page));
            next = Optional.ofNullable(link(page, "next"));
        }

        assertEquals(new LinkedHashSet<>(found).size(), found.size(), found::toString);
        assertTrue(found.size() > 2, found::toString);
    }

    @ParameterizedTest
    @MethodSource("lists")
    void areCountedOnRequest(Listed list) {
        insert(list, 3);
        Response exact = get(list, list.with("limit=1&count=exact"));
        long total = Long.parseLong(exact.header("X-Total-Count").orElseThrow());
        assertEquals("eq", exact.header("X-Total-Count-Relation").orElseThrow());
        assertTrue(total >= 3, () -> list + " " + total);
        assertTrue(Objects.requireNonNull(link(exact, "last"), list::toString).contains("offset=" + (total - 1)));

        Response none = get(list, list.with("limit=1&count=none"));
        assertEquals(Optional.empty(), none.header("X-Total-Count"));
        assertEquals(Optional.empty(), none.header("X-Total-Count-Relation"));
        assertEquals(null, link(none, "last"));
        assertFalse(Objects.requireNonNull(link(none, "next"), list::toString).contains("offset="));
    }

    @ParameterizedTest
    @MethodSource("lists")
    void haveALimitOfTheOffset(Listed list) {
        assertEquals(List.of(), ids(get(list, list.with("offset=10000"))));

        Response response = list.caller().get(list.with("offset=10001"));
        assertEquals(422, response.status(), response.text());
        assertTrue(response.json().path("detail").asText().contains("cursor"), response.text());
    }

    @ParameterizedTest
    @MethodSource("lists")
    void rejectCursorsThatAreNotTheirs(Listed list) {
        insert(list, 2);
        String cursor = cursor(list);
        get(list, list.with("cursor=" + cursor));
        rejects(list, "cursor=" + cursor + "&offset=1", "offset must be left out if there is a cursor, was 1");
        String unchanged = "cursor must be taken unchanged from the header Link of a page";
        rejects(list, "cursor=" + cursor.substring(1), unchanged);
        rejects(list, "cursor=" + cursor.substring(0, cursor.length() - 1), unchanged);
        char last = cursor.charAt(cursor.length() - 1);
        rejects(list, "cursor=" + cursor.substring(0, cursor.length() - 1) + (last == 'A' ? 'Q' : 'A'), unchanged);
        rejects(list, "cursor=x", unchanged);
    }

    private static void rejects(Listed list, String parameters, String detail) {
        Response response = list.caller().get(list.with(parameters));
        assertEquals(422, response.status(), response.text());
        assertEquals(detail, response.json().path("detail").asText());
    }

    @Test
    void rejectTheCursorsOfEachOther() {
        List<Listed> all = lists().toList();
        all.forEach(list -> insert(list, 2));
        List<String> cursors = all.stream().map(EveryListTest::cursor).toList();
        for (int i = 0; i < all.size(); i++) {
            Listed list = all.get((i + 1) % all.size());
            rejects(
                    list,
                    "cursor=" + cursors.get(i),
                    "cursor belongs to another list: send it with the path, filters and sort of the page that it is"
                            + " from, or leave it out to start again");
        }
        assertEquals(cursors.size(), Set.copyOf(cursors).size());
    }

    /** One statement for each kind of text: of a plain list, of one with a second count, and of a search. */
    @Test
    void areCountedUpToTenThousand() {
        sql(
                "INSERT INTO access_token (user_id, scope, token_hash) SELECT ?, 'read', sha256(convert_to('many' || n,"
                        + " 'UTF8')) FROM generate_series(1, 10010) n",
                bobId);
        sql(
                "INSERT INTO notification (user_id, type, title)"
                        + " SELECT ?, 'system', 'x' FROM generate_series(1, 10010)",
                bobId);
        sql(
                "INSERT INTO collection (user_id, name, visibility) SELECT ?, 'Bulk', 'public'"
                        + " FROM generate_series(1, 10010)",
                bobId);
        sql("UPDATE collection_words SET words = 'bulk' WHERE words IS NULL");
        for (String path : Arrays.asList(
                "/api/v1/tokens?",
                "/api/v1/notifications?",
                "/api/v1/notifications?unread_only=true&",
                "/api/v1/collections?",
                "/api/v1/collections?q=bulk&",
                "/api/v1/collections/discover?",
                "/api/v1/collections/discover?q=bulk&sort=popular&",
                "/api/v1/collections/discover?q=bulk&owner_id=" + bobId + "&")) {
            Response page = bob.get(path + "limit=2");
            assertEquals("10000 gte", total(page), path);
            assertEquals(null, link(page, "last"), path);
            Response exact = bob.get(path + "limit=2&count=exact");
            assertTrue(total(exact).matches("10\\d\\d\\d eq"), () -> path + total(exact));
            assertEquals(null, link(exact, "last"), path);
        }
        sql("DELETE FROM collection WHERE user_id = ?", bobId);
    }

    private static String total(Response page) {
        return page.header("X-Total-Count").orElse("") + " "
                + page.header("X-Total-Count-Relation").orElse("");
    }
}
