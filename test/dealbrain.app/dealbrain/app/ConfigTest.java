package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigTest {
    @Test
    void hasADefaultForEverything() {
        Config config = Config.from(Map.of());

        assertEquals(8080, config.port());
        assertEquals("127.0.0.1", config.host());
        assertEquals(Optional.empty(), config.databaseUrl());
        assertEquals(Optional.empty(), config.redisUrl());
        assertEquals(Environment.DEVELOPMENT, config.environment());
        assertEquals(Path.of("var"), config.dataDir());
        assertEquals("http://127.0.0.1:8080", config.urlOn(8080));
        assertTrue(config.signupOpen());
        assertTrue(config.demo());
        assertEquals(List.of(), config.corsOrigins());
    }

    @Test
    void readsWhatIsSet() {
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

        assertEquals("db:6543/deals", config.databaseUrl().orElseThrow().address());
        assertEquals("http://[::1]:43569", config.urlOn(43569));
        assertEquals(Environment.STAGING, config.environment());
        assertFalse(config.signupOpen());
        assertFalse(config.demo());
        assertEquals(List.of("https://a.example", "https://b.example"), config.corsOrigins());
    }

    @Test
    void namesTheLoopbackAddressWhereItListensOnAll() {
        assertEquals(
                "http://127.0.0.1:8080", Config.from(Map.of("HOST", "0.0.0.0")).urlOn(8080));
        assertEquals("http://[::1]:8080", Config.from(Map.of("HOST", "::")).urlOn(8080));
    }

    @Test
    void takesAnEmptyVariableAsUnset() {
        assertEquals(8080, Config.from(Map.of("PORT", " ", "DATABASE_URL", "")).port());
    }

    @Test
    void hasNoDemoInProduction() {
        assertFalse(Config.from(Map.of("DEALBRAIN_ENV", "production")).demo());
        assertTrue(Config.from(Map.of("DEALBRAIN_ENV", "production", "DEALBRAIN_DEMO", "on"))
                .demo());
    }

    @Test
    void saysEveryMistakeAtOnceAndNoSecret() {
        ConfigException refused = assertThrows(
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
                        "ten")));

        String message = String.valueOf(refused.getMessage());
        assertEquals(8, message.lines().count(), message);
        assertTrue(message.contains("PORT must be between 0 and 65535, was 70000"), message);
        assertTrue(message.contains("DEALBRAIN_POOL_SIZE must be between 1 and 200, was ten"), message);
        assertTrue(
                message.contains("DEALBRAIN_ENV must be one of development, staging, production, test, was prod"),
                message);
        assertFalse(message.contains("secret"), message);
    }

    @Test
    void takesOnlyOriginsForCors() {
        for (String wrong : List.of("*", "foo", "https://a.example/", "https://a.example,,https://b.example")) {
            assertThrows(ConfigException.class, () -> Config.from(Map.of("DEALBRAIN_CORS_ORIGINS", wrong)), wrong);
        }
    }

    @Test
    void hidesSecretsInItsText() {
        Config config = Config.from(Map.of(
                "DATABASE_URL",
                "postgresql://ada:topsecret@db/deals",
                "DEALBRAIN_ADMIN_PASSWORD",
                "topsecret!!",
                "REDIS_URL",
                "redis://:topsecret@cache"));

        assertFalse(config.toString().contains("topsecret"), config.toString());
    }
}
