package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.app.Config.FirstCatalog;
import dealbrain.http.AddressRange;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigTest {
    @Test
    void hasADefaultForEverySetting() {
        Config config = Config.from(Map.of());

        assertEquals(8080, config.http().port());
        assertEquals("127.0.0.1", config.http().host());
        assertEquals("http://127.0.0.1:8080", config.http().publicUrl(8080).base());
        assertEquals(List.of(), config.http().corsOrigins());
        assertEquals(Optional.empty(), config.database().url());
        assertEquals(Optional.empty(), config.cache().redisUrl());
        assertEquals(1000, config.cache().auditInterval());
        assertEquals(Environment.DEVELOPMENT, config.environment());
        assertEquals(Path.of("var"), config.dataDir());
        assertTrue(config.accounts().signupOpen());
        assertTrue(config.demo());
        assertEquals(FirstCatalog.STARTER, config.catalog());
        assertTrue(config.observability().accessLog());
    }

    @Test
    void readsEnvironmentVariables() {
        Config config = Config.from(Map.of(
                "PORT",
                "0",
                "HOST",
                "::1",
                "DATABASE_URL",
                "postgresql://ada:s%40crt@db:6543/deals",
                "REDIS_URL",
                "redis://cache:6379",
                "DEALBRAIN_ENV",
                "Staging",
                "DEALBRAIN_DATA_DIR",
                "/srv/deals",
                "DEALBRAIN_SIGNUP",
                "closed",
                "DEALBRAIN_ADMIN_PASSWORD",
                "long enough",
                "DEALBRAIN_DEMO",
                "off",
                "DEALBRAIN_CORS_ORIGINS",
                "https://a.example, https://b.example"));

        assertEquals("db:6543/deals", config.database().url().orElseThrow().address());
        assertEquals("http://[::1]:43569", config.http().publicUrl(43569).base());
        assertEquals(Environment.STAGING, config.environment());
        assertFalse(config.accounts().signupOpen());
        assertFalse(config.demo());
        assertEquals(
                List.of("https://a.example", "https://b.example"), config.http().corsOrigins());
    }

    @Test
    void usesTheLoopbackAddressInUrlsIfTheHostIsAWildcard() {
        assertEquals(
                "http://127.0.0.1:8080",
                Config.from(Map.of("HOST", "0.0.0.0")).http().publicUrl(8080).base());
        assertEquals(
                "http://[::1]:8080",
                Config.from(Map.of("HOST", "::")).http().publicUrl(8080).base());
    }

    @Test
    void treatsAnEmptyVariableAsNotSet() {
        assertEquals(
                8080,
                Config.from(Map.of("PORT", " ", "DATABASE_URL", "")).http().port());
    }

    @Test
    void hasTheStarterCatalogUnlessConfigured() {
        assertEquals(
                FirstCatalog.STARTER,
                Config.from(Map.of("DEALBRAIN_ENV", "production")).catalog());
        assertEquals(
                FirstCatalog.NONE,
                Config.from(Map.of("DEALBRAIN_CATALOG", "None")).catalog());
        assertThrows(ConfigException.class, () -> Config.from(Map.of("DEALBRAIN_CATALOG", "full")));
    }

    @Test
    void closesSignUpInProductionByDefault() {
        assertTrue(Config.from(Map.of()).accounts().signupOpen());
        assertTrue(Config.from(Map.of("DEALBRAIN_ENV", "staging")).accounts().signupOpen());
        assertFalse(
                Config.from(Map.of("DEALBRAIN_ENV", "production")).accounts().signupOpen());
        assertTrue(Config.from(Map.of("DEALBRAIN_ENV", "production", "DEALBRAIN_SIGNUP", "open"))
                .accounts()
                .signupOpen());
    }

    @Test
    void hasNoDemoInProductionByDefault() {
        assertFalse(Config.from(Map.of("DEALBRAIN_ENV", "production")).demo());
        assertTrue(Config.from(Map.of("DEALBRAIN_ENV", "production", "DEALBRAIN_DEMO", "on"))
                .demo());
    }

    @Test
    void allowsMetricsWithoutATokenOnlyWhereNoProxyIsExpected() {
        assertEquals(AddressRange.LOOPBACK, metricsFrom(Map.of()));
        assertEquals(AddressRange.LOOPBACK, metricsFrom(Map.of("DEALBRAIN_ENV", "test")));
        for (Map<String, String> deployed : List.of(
                Map.of("DEALBRAIN_ENV", "production"),
                Map.of("DEALBRAIN_ENV", "staging"),
                Map.of("DEALBRAIN_PUBLIC_URL", "https://deals.example.org"),
                Map.of("DEALBRAIN_TRUSTED_PROXIES", "127.0.0.1"))) {
            assertEquals(List.of(), metricsFrom(deployed), deployed::toString);
        }
        assertEquals(
                List.of(AddressRange.parse("10.0.0.0/8")),
                metricsFrom(Map.of("DEALBRAIN_ENV", "production", "DEALBRAIN_METRICS_FROM", "10.0.0.0/8")));
        assertEquals(List.of(), metricsFrom(Map.of("DEALBRAIN_METRICS_FROM", "none")));
    }

    @Test
    void rejectsAWeakTokenForTheMetricsWithoutShowingIt() {
        Map<String, String> variables = Map.of("DEALBRAIN_METRICS_TOKEN", "secret");
        String message = String.valueOf(assertThrows(ConfigException.class, () -> Config.from(variables))
                .getMessage());
        assertTrue(message.contains("DEALBRAIN_METRICS_TOKEN must have 20 to 200"), message);
        assertFalse(message.contains("secret"), message);
    }

    private static List<AddressRange> metricsFrom(Map<String, String> variables) {
        return Config.from(variables).observability().metricsAccess().from();
    }

    @Test
    void auditsNoCacheHitsInTestsByDefault() {
        assertEquals(0, Config.from(Map.of("DEALBRAIN_ENV", "test")).cache().auditInterval());
        assertEquals(
                5,
                Config.from(Map.of("DEALBRAIN_ENV", "test", "DEALBRAIN_CACHE_AUDIT", "5"))
                        .cache()
                        .auditInterval());
        assertEquals(
                0,
                Config.from(Map.of("DEALBRAIN_ENV", "production", "DEALBRAIN_CACHE_AUDIT", "0"))
                        .cache()
                        .auditInterval());
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1",
        "deals.lan, deals.lan",
        "0.0.0.0, 127.0.0.1",
        "::, [::1]",
        "[::], [::1]",
        "0:0:0:0:0:0:0:0, [::1]",
        "::1, [::1]",
        "[::1], [::1]",
        "[2001:db8::7], [2001:db8::7]"
    })
    void acceptsAddressesWithAndWithoutBrackets(String host, String shown) {
        HttpConfig config = Config.from(Map.of("HOST", host)).http();
        assertEquals("http://" + shown + ":8080", config.localUrl(8080));
        assertEquals("http://" + shown + ":8080", config.publicUrl(8080).base());
    }

    @Test
    void reportsAllMistakesTogetherWithoutSecrets() {
        ConfigException invalid = assertThrows(
                ConfigException.class,
                () -> Config.from(Map.of(
                        "PORT",
                        "70000",
                        "DEALBRAIN_ENV",
                        "prod",
                        "DATABASE_URL",
                        "mysql://ada:secret@db/deals",
                        "DEALBRAIN_ADMIN_PASSWORD",
                        "secret",
                        "DEALBRAIN_SIGNUP",
                        "maybe",
                        "DEALBRAIN_PUBLIC_URL",
                        "deals.example.org",
                        "REDIS_URL",
                        "redis://u:secret two@cache",
                        "DEALBRAIN_POOL_SIZE",
                        "ten",
                        "N_PLUS_ONE_ACTION",
                        "raise",
                        "DEALBRAIN_ACCESS_LOG",
                        "yes")));

        String message = String.valueOf(invalid.getMessage());
        assertEquals(10, message.lines().count(), message);
        assertTrue(message.contains("PORT must be between 0 and 65535, was 70000"), message);
        assertTrue(message.contains("DEALBRAIN_POOL_SIZE must be between 1 and 200, was ten"), message);
        assertTrue(
                message.contains("DEALBRAIN_ENV must be one of development, staging, production, test, was prod"),
                message);
        assertTrue(message.contains("DEALBRAIN_ACCESS_LOG must be one of on, off, was yes"), message);
        assertTrue(message.contains("N_PLUS_ONE_ACTION can be raise only with DEALBRAIN_ENV=test"), message);
        assertFalse(message.contains("secret"), message);
    }

    @Test
    void rejectsAStandbyWithoutItsPrimary() {
        String standby = "postgresql://ada:secret@standby/deals";
        Config both =
                Config.from(Map.of("DATABASE_URL", "postgresql://ada:secret@db/deals", "DATABASE_READ_URL", standby));
        assertEquals(
                "standby:5432/deals", both.database().readUrl().orElseThrow().address());

        String message = String.valueOf(
                assertThrows(ConfigException.class, () -> Config.from(Map.of("DATABASE_READ_URL", standby)))
                        .getMessage());
        assertTrue(message.contains("DATABASE_READ_URL needs DATABASE_URL"), message);
        assertFalse(message.contains("secret"), message);
    }

    @Test
    void rejectsCorsOriginsThatAreNotOrigins() {
        for (String origins : List.of("*", "foo", "https://a.example/", "https://a.example,,https://b.example")) {
            Map<String, String> variables = Map.of("DEALBRAIN_CORS_ORIGINS", origins);
            assertThrows(ConfigException.class, () -> Config.from(variables), origins);
        }
    }

    @Test
    void hasNoSecretsInItsText() {
        Config config = Config.from(Map.of(
                "DATABASE_URL",
                "postgresql://ada:topsecret@db/deals",
                "DEALBRAIN_ADMIN_PASSWORD",
                "topsecret!!",
                "REDIS_URL",
                "redis://:topsecret@cache",
                "DEALBRAIN_METRICS_TOKEN",
                "topsecret-topsecret-topsecret"));

        assertFalse(config.observability().toString().contains("topsecret"));
        assertFalse(config.toString().contains("topsecret"), config.toString());
        assertFalse(config.accounts().toString().contains("topsecret"));
        assertFalse(config.database().toString().contains("topsecret"));
        assertFalse(config.cache().toString().contains("topsecret"));
    }
}
