package dealbrain.app;

import java.nio.file.Path;
import java.util.Map;

/**
 * The configuration, read from environment variables. {@code docs/configuration.md} describes each of them.
 *
 * @param dataDir the folder of the embedded PostgreSQL and of the demo token
 * @param demo    whether the demo data are loaded
 */
record Config(
        Environment environment,
        Path dataDir,
        boolean demo,
        HttpConfig http,
        DatabaseConfig database,
        CacheConfig cache,
        AccountsConfig accounts,
        ObservabilityConfig observability) {

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
                Path.of(settings.text("DEALBRAIN_DATA_DIR").orElse("var")),
                settings.isOn("DEALBRAIN_DEMO", !environment.isProduction()),
                http,
                DatabaseConfig.from(settings),
                CacheConfig.from(settings, environment),
                AccountsConfig.from(settings, environment),
                ObservabilityConfig.from(settings, environment));
        settings.throwIfInvalid();
        return config;
    }

    boolean isProduction() {
        return environment.isProduction();
    }

    /** Contains no secrets: no passwords, and no URLs with credentials. */
    @Override
    public String toString() {
        return "Config[" + environment + ", " + http.host() + ":" + http.port() + ", " + database.url() + ", "
                + http.publicUrl().orElse("") + "]";
    }
}
