package dealbrain.app;

import dealbrain.http.TrustedProxies;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The HTTP server.
 *
 * @param port           0 for any free port
 * @param publicUrl      the start of the URLs in links, without a trailing slash; empty for the listening address
 * @param corsOrigins    the origins whose pages may call the API
 * @param trustedProxies the proxies whose {@code X-Forwarded-For} is used
 */
record HttpConfig(
        int port, String host, Optional<String> publicUrl, List<String> corsOrigins, TrustedProxies trustedProxies) {
    HttpConfig {
        corsOrigins = List.copyOf(corsOrigins);
    }

    static HttpConfig from(Settings settings) {
        return new HttpConfig(
                settings.number("PORT", 8080, 0, 65_535),
                settings.text("HOST").orElse("127.0.0.1"),
                settings.value("DEALBRAIN_PUBLIC_URL", HttpConfig::parseUrl),
                settings.value("DEALBRAIN_CORS_ORIGINS", HttpConfig::parseOrigins)
                        .orElse(List.of()),
                settings.value("DEALBRAIN_TRUSTED_PROXIES", TrustedProxies::parse)
                        .orElse(TrustedProxies.NONE));
    }

    /** Returns the URL without trailing slashes. */
    static String parseUrl(String text) {
        if (!text.matches("https?://[^\\s/?#@]+(/[^\\s?#]*)?")) {
            throw new IllegalArgumentException("must be an http or https URL, such as https://deals.example.org");
        }
        return text.replaceFirst("/+$", "");
    }

    private static List<String> parseOrigins(String text) {
        List<String> origins =
                Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        if (!origins.stream().allMatch(origin -> origin.matches("https?://[^\\s/?#@*]+"))) {
            throw new IllegalArgumentException(
                    "must be origins without a path, separated by commas, such as https://deals.example.org, was "
                            + text);
        }
        return origins;
    }

    /** Returns the start of the URLs in links, if the server listens on {@code boundPort}. */
    String publicUrl(int boundPort) {
        return publicUrl.orElseGet(() -> localUrl(boundPort));
    }

    /** Returns the URL for clients on this machine. With a wildcard host this is the loopback address. */
    String localUrl(int boundPort) {
        String reachable = switch (host) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::" -> "[::1]";
            default -> host.contains(":") ? "[" + host + "]" : host;
        };
        return "http://" + reachable + ":" + boundPort;
    }
}
