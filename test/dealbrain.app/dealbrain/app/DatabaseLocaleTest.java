package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.json.Json;
import dealbrain.testing.Api;
import dealbrain.testing.Api.Response;
import dealbrain.testing.Fixtures;
import dealbrain.testing.TestDatabase;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Searches and names do not depend on the locale of the database. */
class DatabaseLocaleTest {
    @Order(1)
    @RegisterExtension
    static final TestDatabase turkishDatabase =
            TestDatabase.withLocale("LOCALE 'C' LOCALE_PROVIDER icu ICU_LOCALE 'tr-TR'");

    @Order(1)
    @RegisterExtension
    static final TestDatabase asciiDatabase = TestDatabase.withLocale("LOCALE_PROVIDER libc LOCALE 'C'");

    @Order(2)
    @RegisterExtension
    static final RunningApplication turkish = new RunningApplication(turkishDatabase, Map.of());

    @Order(2)
    @RegisterExtension
    static final RunningApplication ascii = new RunningApplication(asciiDatabase, Map.of());

    private static final String TITLE =
            "B\u00DCRO\u00A0Mini\u2011PC \u2022 I\u015EIK \u039B\u039F\u0393\u039F\u03A3 %s";
    private static final String SEARCH = "\u03BB\u03BF\u03B3\u03BF\u03C2 buro I\u015F\u0131k pc %s";

    enum Locales {
        TURKISH,
        ASCII;

        private Api api() {
            return (this == TURKISH ? turkish : ascii).api();
        }
    }

    private static String unique() {
        return "x" + UUID.randomUUID().toString().substring(0, 8);
    }

    @ParameterizedTest
    @EnumSource
    void findsWhatWasStored(Locales locale) {
        String id = unique();
        Api ada = locale.api().signUp("ada-" + id);
        String name = Json.text(TITLE.formatted(id));
        String query = "q=" + URLEncoder.encode(SEARCH.formatted(id), StandardCharsets.UTF_8);
        requireCreated(ada.post("/api/v1/listings", "{\"title\": " + name + "}"));
        requireCreated(ada.post("/api/v1/collections", "{\"name\": " + name + ", \"visibility\": \"public\"}"));
        requireCreated(ada.post("/api/v1/catalog/cpus", "{\"name\": " + name + "}"));
        requireCreated(
                ada.post("/api/v1/catalog/ram-specs", "{\"ddr_generation\": \"ddr4\", \"label\": " + name + "}"));
        for (String list :
                List.of("listings", "collections", "collections/discover", "catalog/cpus", "catalog/ram-specs")) {
            JsonNode found = ada.get("/api/v1/" + list + "?" + query).json();
            assertEquals(1, found.size(), list);
        }
    }

    @ParameterizedTest
    @EnumSource
    void findsWhatWasChanged(Locales locale) {
        String id = unique();
        Api ada = locale.api().signUp("ada-" + id);
        String path = requireCreated(ada.post("/api/v1/listings", "{\"title\": \"before " + id + "\"}"));
        ada.patch(path, "{\"title\": \"After " + id + "\"}");
        assertEquals(0, ada.get("/api/v1/listings?q=before+" + id).json().size());
        assertEquals(1, ada.get("/api/v1/listings?q=after+" + id).json().size());
    }

    @ParameterizedTest
    @EnumSource
    void findsCopiesByTheirOwnName(Locales locale) {
        String id = unique();
        Api ada = locale.api().signUp("ada-" + id);
        String path = requireCreated(
                ada.post("/api/v1/collections", "{\"name\": \"Source " + id + "\", \"description\": \"quiet\"}"));
        requireCreated(ada.post(path + "/copy", "{\"name\": \"Copy " + id + "\"}"));
        assertEquals(1, ada.get("/api/v1/collections?q=copy+quiet+" + id).json().size());
        assertEquals(1, ada.get("/api/v1/collections?q=source+" + id).json().size());
    }

    @ParameterizedTest
    @EnumSource
    void hasOneUserForANameInAnyCase(Locales locale) {
        String name = "ivan-" + unique();
        Api ivan = locale.api().signUp(name);
        Response second = locale.api()
                .post(
                        "/api/v1/users",
                        Json.text(Map.of("username", name.toUpperCase(Locale.ROOT), "password", Fixtures.PASSWORD)));
        assertEquals(409, second.status(), second.text());
        locale.api().signIn(name.toUpperCase(Locale.ROOT), Fixtures.PASSWORD, "write");
        locale.api().signIn("\uFF29" + name.substring(1), Fixtures.PASSWORD, "write"); // a full-width I
        assertEquals(
                1,
                ivan.get("/api/v1/users?q=" + name.toUpperCase(Locale.ROOT))
                        .json()
                        .size());
        requireCreated(ivan.post("/api/v1/listings", "{\"title\": \"PC\"}"));
        String listing = requireCreated(ivan.post("/api/v1/listings", "{\"title\": \"PC\"}"));
        Response shared = locale.api()
                .signUp("bob-" + unique())
                .post(
                        "/api/v1/user-shares",
                        "{\"recipient_username\": " + Json.text(name.toUpperCase(Locale.ROOT)) + ", \"listing_id\": "
                                + listing.replaceAll(".*/", "") + "}");
        assertEquals(201, shared.status(), shared.text());
    }

    @ParameterizedTest
    @EnumSource
    void hasOneUserForAnAddressInAnyCase(Locales locale) {
        String id = unique();
        String user = "{\"username\": \"%s\", \"password\": \"" + Fixtures.PASSWORD + "\", \"email\": \"%s\"}";
        requireCreated(locale.api().post("/api/v1/users", user.formatted("a-" + id, "info@" + id + ".example")));
        Response second = locale.api().post("/api/v1/users", user.formatted("b-" + id, "INFO@" + id + ".EXAMPLE"));
        assertEquals(409, second.status(), second.text());
    }

    /** Returns the path of the new resource. */
    private static String requireCreated(Response response) {
        assertEquals(201, response.status(), response.text());
        String location = response.header("Location").orElseThrow();
        assertTrue(location.contains("/api/v1/"));
        return location.substring(location.indexOf("/api/v1/"));
    }
}
