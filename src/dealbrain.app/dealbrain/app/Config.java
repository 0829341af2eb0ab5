package dealbrain.app;

import dealbrain.http.PublicUrl;
import java.io.File;
import java.nio.file.Path;
import java.util.Map;

/**
 * The configuration, read from environment variables. {@code docs/configuration.md} describes each of them.
 *
 * @param dataDir the folder of the embedded PostgreSQL and of the demo token
 * @param demo    whether the demo data are loaded
 * @param catalog the parts that a server without any parts starts with
 */
record Config(
        Environment environment,
        Path dataDir,
        boolean demo,
        FirstCatalog catalog,
        HttpConfig http,
        DatabaseConfig database,
        CacheConfig cache,
        AccountsConfig accounts,
        ObservabilityConfig observability) {

    /** The parts of a new server. */
    enum FirstCatalog {
        STARTER,
        NONE
    }

    /**
     * Reads the configuration from environment variables.
     *
     * @throws ConfigException with all mistakes, if there are any
     */
    static Config from(Map<String, String> variables) {
        Settings settings = new Settings(variables);
        HttpConfig http = HttpConfig.from(settings);
        Environment environment = settings.choice("DEALBRAIN_ENV", Environment.DEVELOPMENT, Environment.class);
        Config config = new Config(
                environment,
                dataDir(settings),
                settings.isOn("DEALBRAIN_DEMO", !environment.isProduction()),
                settings.choice("DEALBRAIN_CATALOG", FirstCatalog.STARTER, FirstCatalog.class),
                http,
                DatabaseConfig.from(settings),
                CacheConfig.from(settings, environment),
                AccountsConfig.from(settings, environment, http),
                ObservabilityConfig.from(settings, environment, http));
        settings.throwIfInvalid();
        return config;
    }

    /**
     * Rejects a path that Java cannot encode in the character set of the locale. It has replaced the characters, and
     * would use another folder.
     */
    private static Path dataDir(Settings settings) {
        String text = settings.text("DEALBRAIN_DATA_DIR").orElse("var");
        File file = new File(text).getAbsoluteFile();
        boolean encodable = settings.require(
                !file.getPath().contains("\uFFFD"),
                "DEALBRAIN_DATA_DIR",
                "must be a path in the character set of the locale, which is " + System.getProperty("sun.jnu.encoding")
                        + ", was " + file + ": set LC_ALL=C.UTF-8, or choose another folder");
        return Path.of(encodable ? text : "var");
    }

    boolean isProduction() {
        return environment.isProduction();
    }

    /** Contains no secrets: no passwords, and no URLs with credentials. */
    @Override
    public String toString() {
        return "Config[" + environment + ", " + http.host() + ":" + http.port() + ", " + database.url() + ", "
                + http.publicUrl().map(PublicUrl::base).orElse("") + "]";
    }
}
