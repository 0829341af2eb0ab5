package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.testing.Api;
import dealbrain.testing.Await;
import dealbrain.testing.TestDatabase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The catalog that servers have after their start. */
class StarterCatalogApiTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private final List<RunningApplication> running = new ArrayList<>();

    @BeforeEach
    void empty() {
        database.jdbi()
                .useHandle(handle -> handle.execute("TRUNCATE cpu, gpu, ram_spec, storage_profile, ports_profile,"
                        + " scoring_profile, ruleset, user_account, starter_catalog CASCADE"));
    }

    @AfterEach
    void stop() {
        running.forEach(RunningApplication::stop);
    }

    private RunningApplication start(Map<String, String> variables) throws IOException {
        RunningApplication application = new RunningApplication(database, variables);
        running.add(application);
        application.start();
        return application;
    }

    private static int total(Api api, String path) {
        return Integer.parseInt(api.get("/api/v1/catalog/" + path + "?count=exact&limit=1")
                .header("X-Total-Count")
                .orElseThrow());
    }

    /** Returns whether a server is adding the starter catalog, or has added it since its start. */
    private static boolean adds(RunningApplication application) {
        return application.admin().get("/ops").text().contains("starter catalog");
    }

    private static void awaitStarter(Api api) {
        Await.until("the starter catalog is there", () -> total(api, "gpus") >= 60);
    }

    @Test
    void isTheStarterCatalogByDefault() throws IOException {
        RunningApplication application = start(Map.of("DEALBRAIN_CATALOG", ""));
        assertTrue(adds(application));
        Api api = application.api().signUp("ada");
        awaitStarter(api);
        JsonNode found = api.get("/api/v1/catalog/cpus?q=12500t").json();
        assertEquals("Intel Core i5-12500T", found.path(0).path("name").asText());
        assertEquals(35, found.path(0).path("tdp_w").asInt());
        assertTrue(found.path(0).path("cpu_mark_multi").isNull());
        assertEquals(3, total(api, "scoring-profiles"));
    }

    @Test
    void isEmptyIfConfigured() throws IOException {
        RunningApplication application = start(Map.of());
        assertFalse(adds(application));
        assertEquals(0, total(application.api().signUp("ada"), "cpus"));
    }

    @Test
    void isAddedOnceByServersThatStartTogether() throws IOException {
        RunningApplication first = start(Map.of("DEALBRAIN_CATALOG", "starter"));
        start(Map.of("DEALBRAIN_CATALOG", "starter"));
        Api api = first.api().signUp("ada");
        awaitStarter(api);
        int cpus = total(api, "cpus");
        Api admin = first.admin();
        api.get("/api/v1/catalog/gpus?limit=100")
                .json()
                .forEach(gpu -> admin.delete("/api/v1/catalog/gpus/" + gpu.path("id")));
        assertFalse(adds(start(Map.of("DEALBRAIN_CATALOG", "starter"))));
        assertEquals(cpus, total(api, "cpus"));
        assertEquals(0, total(api, "gpus"));
    }

    @Test
    void hasThePartsOfTheDemoToo() throws IOException {
        Map<String, String> variables = Map.of("DEALBRAIN_CATALOG", "starter", "DEALBRAIN_DEMO", "on");
        Api api = start(variables).api().signUp("ada");
        awaitStarter(api);
        JsonNode found = api.get("/api/v1/catalog/cpus?q=12500t").json();
        assertEquals(1, found.size());
        assertEquals(17_500, found.path(0).path("cpu_mark_multi").asInt());
        assertEquals(4, total(api, "scoring-profiles"));
        assertFalse(adds(start(variables)));
    }

    @Test
    void leavesAServerWithPartsAlone() throws IOException {
        RunningApplication before = start(Map.of());
        before.api().signUp("ada").post("/api/v1/catalog/cpus", "{\"name\": \"Mine\"}");
        RunningApplication after = start(Map.of("DEALBRAIN_CATALOG", "starter"));
        assertFalse(adds(after));
        assertEquals(1, total(after.api().signUp("bob"), "cpus"));
    }

    @Test
    void mayHaveThePartsOfTheDemoAlready() throws IOException {
        RunningApplication before = start(Map.of());
        Api ada = before.api().signUp("ada");
        ada.post("/api/v1/catalog/cpus", "{\"name\": \"Intel Core i5-12500T\"}");
        ada.post("/api/v1/catalog/scoring-profiles", "{\"name\": \"Mine\", \"is_default\": true}");
        Api api = start(Map.of("DEALBRAIN_DEMO", "on")).api().signUp("bob");
        assertEquals(12, total(api, "cpus"));
        JsonNode profiles = api.get("/api/v1/catalog/scoring-profiles").json();
        profiles.forEach(profile -> assertEquals(
                profile.path("name").asText().equals("Mine"),
                profile.path("is_default").asBoolean()));
    }
}
