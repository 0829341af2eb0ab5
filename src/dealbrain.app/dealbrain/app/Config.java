package dealbrain.app;

import dealbrain.caching.RedisUrl;
import dealbrain.database.DatabaseUrl;
import dealbrain.http.TrustedProxies;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What can be set from outside, each by the environment variable that {@code docs/configuration.md} names.
 *
 * @param databaseUrl   empty for an embedded PostgreSQL
 * @param redisUrl      empty for none
 * @param redisNamespace stands before each key
 * @param cacheBytes    how much of shared pages is kept in memory
 * @param cacheLease    for how long pages are served from the cache while the database is away, and a change waits for a server that is
 * @param publicUrl     what links begin with, without a slash at its end; empty for where we listen
 * @param adminPassword sets the password of {@code admin}; empty leaves it as it is
 * @param corsOrigins   the origins whose pages may call us
 * @param trustedProxies who is believed on whose behalf they ask
 */
record Config(
        int port,
        String host,
        Optional<DatabaseUrl> databaseUrl,
        int poolSize,
        Optional<RedisUrl> redisUrl,
        String redisNamespace,
        long cacheBytes,
        Duration cacheLease,
        Environment environment,
        Path dataDir,
        Optional<String> publicUrl,
        boolean signupOpen,
        Optional<String> adminPassword,
        boolean demo,
        List<String> corsOrigins,
        TrustedProxies trustedProxies,
        LogLevel logLevel,
        Observability observability) {
    Config {
        corsOrigins = List.copyOf(corsOrigins);
    }

    /** @throws ConfigException with every mistake */
    static Config from(Map<String, String> variables) {
        Settings settings = new Settings(variables);
        int port = settings.number("PORT", 8080, 0, 65_535);
        String host = settings.text("HOST").orElse("127.0.0.1");
        Environment environment = settings.choice("DEALBRAIN_ENV", Environment.DEVELOPMENT, Environment.class);
        Config config = new Config(
                port,
                host,
                settings.text("DATABASE_URL").flatMap(text -> settings.parse("DATABASE_URL", text, DatabaseUrl::parse)),
                settings.number("DEALBRAIN_POOL_SIZE", 10, 1, 200),
                settings.text("REDIS_URL").flatMap(text -> settings.parse("REDIS_URL", text, RedisUrl::parse)),
                settings.text("DEALBRAIN_REDIS_NAMESPACE")
                        .flatMap(text -> settings.parse("DEALBRAIN_REDIS_NAMESPACE", text, Config::namespace))
                        .orElse("dealbrain:"),
                settings.number("DEALBRAIN_CACHE_MB", 64, 1, 100_000) * 1_000_000L,
                Duration.ofMillis(settings.number("DEALBRAIN_CACHE_LEASE_MS", 2000, 200, 60_000)),
                environment,
                Path.of(settings.text("DEALBRAIN_DATA_DIR").orElse("var")),
                settings.text("DEALBRAIN_PUBLIC_URL")
                        .flatMap(text -> settings.parse("DEALBRAIN_PUBLIC_URL", text, Config::webUrl)),
                settings.choice("DEALBRAIN_SIGNUP", SignUpRule.OPEN, SignUpRule.class) == SignUpRule.OPEN,
                settings.text("DEALBRAIN_ADMIN_PASSWORD")
                        .flatMap(text -> settings.parse("DEALBRAIN_ADMIN_PASSWORD", text, Config::password)),
                settings.choice(
                                "DEALBRAIN_DEMO",
                                environment == Environment.PRODUCTION ? Switch.OFF : Switch.ON,
                                Switch.class)
                        == Switch.ON,
                settings.text("DEALBRAIN_CORS_ORIGINS")
                        .flatMap(text -> settings.parse("DEALBRAIN_CORS_ORIGINS", text, Config::origins))
                        .orElse(List.of()),
                settings.text("DEALBRAIN_TRUSTED_PROXIES")
                        .flatMap(text -> settings.parse("DEALBRAIN_TRUSTED_PROXIES", text, TrustedProxies::parse))
                        .orElse(TrustedProxies.NONE),
                settings.choice("DEALBRAIN_LOG", LogLevel.INFO, LogLevel.class),
                Observability.from(settings, environment));
        settings.throwIfInvalid();
        return config;
    }

    private enum SignUpRule {
        OPEN,
        CLOSED
    }

    /** How much is logged. */
    enum LogLevel {
        INFO,
        DEBUG
    }

    private enum Switch {
        ON,
        OFF
    }

    private static String namespace(String text) {
        if (!text.matches("[A-Za-z0-9:{}._-]{1,64}")) {
            throw new IllegalArgumentException(
                    "must have 1 to 64 of the characters A-Z a-z 0-9 : { } . _ -, was " + text);
        }
        return text;
    }

    static String webUrl(String text) {
        if (!text.matches("https?://[^\\s/?#@]+(/[^\\s?#]*)?")) {
            throw new IllegalArgumentException("must be an http or https address, as in https://deals.example.org");
        }
        return text.replaceFirst("/+$", "");
    }

    private static List<String> origins(String text) {
        List<String> origins =
                Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        if (!origins.stream().allMatch(origin -> origin.matches("https?://[^\\s/?#@*]+"))) {
            throw new IllegalArgumentException(
                    "must be origins by comma, each as in https://deals.example.org without a path, was " + text);
        }
        return origins;
    }

    private static String password(String text) {
        if (text.length() < 10 || text.length() > 200) {
            throw new IllegalArgumentException("must have between 10 and 200 characters");
        }
        return text;
    }

    /** Where we can be reached on this port, as far as we know. */
    String urlOn(int boundPort) {
        return publicUrl.orElseGet(() -> localUrl(boundPort));
    }

    /** The URL for somebody on this machine. Who listens on all its addresses is told by the loopback one: the one for all is no address to go to. */
    String localUrl(int boundPort) {
        return "http://"
                + switch (host) {
                    case "0.0.0.0" -> "127.0.0.1";
                    case "::" -> "[::1]";
                    default -> host.contains(":") ? "[" + host + "]" : host;
                }
                + ":" + boundPort;
    }

    boolean isProduction() {
        return environment == Environment.PRODUCTION;
    }

    /** Shows no secret: neither passwords, nor the addresses that carry some. */
    @Override
    public String toString() {
        return "Config[" + environment + ", " + host + ":" + port + ", " + databaseUrl + ", " + publicUrl.orElse("")
                + "]";
    }
}
