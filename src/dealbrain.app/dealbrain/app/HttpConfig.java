package dealbrain.app;

import dealbrain.http.PublicUrl;
import dealbrain.http.TrustedProxies;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The HTTP server.
 *
 * @param port           0 for any free port
 * @param host           a name or an address; an IPv6 address without brackets
 * @param publicUrl      the address for clients; empty for the listening address
 * @param corsOrigins    the origins whose pages may call the API
 * @param trustedProxies the proxies whose {@code X-Forwarded-For} is used
 */
record HttpConfig(
        int port, String host, Optional<PublicUrl> publicUrl, List<String> corsOrigins, TrustedProxies trustedProxies) {
    HttpConfig {
        corsOrigins = List.copyOf(corsOrigins);
    }

    static HttpConfig from(Settings settings) {
        return new HttpConfig(
                settings.number("PORT", 8080, 0, 65_535),
                settings.text("HOST").map(HttpConfig::withoutBrackets).orElse("127.0.0.1"),
                settings.value("DEALBRAIN_PUBLIC_URL", PublicUrl::parse),
                settings.value("DEALBRAIN_CORS_ORIGINS", HttpConfig::parseOrigins)
                        .orElse(List.of()),
                settings.value("DEALBRAIN_TRUSTED_PROXIES", TrustedProxies::parse)
                        .orElse(TrustedProxies.NONE));
    }

    private static String withoutBrackets(String host) {
        return host.matches("\\[[^\\[\\]]+]") ? host.substring(1, host.length() - 1) : host;
    }

    private static List<String> parseOrigins(String text) {
        List<String> origins = Arrays.stream(
                        text.toLowerCase(Locale.ROOT).split(",", -1)) // browsers send them in lower case
                .map(String::strip)
                .toList();
        if (!origins.stream().allMatch(origin -> origin.matches("https?://[^\\s/?#@*]+"))) {
            throw new IllegalArgumentException(
                    "must be origins without a path, separated by commas, such as https://deals.example.org, was "
                            + text);
        }
        return origins;
    }

    /** Returns the address for clients, if the server listens on {@code boundPort}. */
    PublicUrl publicUrl(int boundPort) {
        return publicUrl.orElseGet(() -> PublicUrl.parse(localUrl(boundPort)));
    }

    /** Returns the URL for clients on this machine. With a wildcard host this is the loopback address. */
    String localUrl(int boundPort) {
        return "http://" + reachable() + ":" + boundPort;
    }

    private String reachable() {
        if (!host.contains(":")) {
            return host.equals("0.0.0.0") ? "127.0.0.1" : host;
        }
        boolean isWildcard = host.matches("[0:]+");
        return "[" + (isWildcard ? "::1" : host.replace("%", "%25")) + "]"; // RFC 6874: the zone of an address
    }
}
