package dealbrain.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What RFC 9112 refuses and the JDK's server lets through: heads that two readers could take for different requests.
 * Whoever sends one is answered 400 and the connection is closed, as nobody knows where its next request begins.
 */
final class Framing {
    private static final Pattern METHOD = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");
    private static final Pattern PROTOCOL = Pattern.compile("HTTP/1\\.[01]");
    /** {@code Long.parseLong} takes a sign too. */
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
    /** A name or an address with a port (RFC 3986, section 3.2.2); empty where the target has no authority. */
    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9._~!$&'()*+,;=%-]*|\\[[0-9A-Fa-f:.]+])(:[0-9]{0,5})?");

    private Framing() {
    }

    /** @throws ProblemException malformed, with the header that closes the connection */
    static void require(HttpExchange exchange) {
        Headers headers = exchange.getRequestHeaders();
        require(METHOD.matcher(exchange.getRequestMethod()).matches(), "the method is not a word");
        require(PROTOCOL.matcher(exchange.getProtocol()).matches(), "the request line must end in HTTP/1.1, with CR LF after it");
        requireHost(exchange.getProtocol(), headers.getOrDefault("Host", List.of()));
        for (String length : headers.getOrDefault("Content-Length", List.of())) {
            require(LENGTH.matcher(length).matches(), "Content-Length must be a number of bytes");
        }
        require(!isChunked(headers) || exchange.getProtocol().equals("HTTP/1.1"), "Transfer-Encoding needs HTTP/1.1");
        for (Map.Entry<String, List<String>> header : headers.entrySet()) {
            for (String value : header.getValue()) {
                require(isPrintable(value), "the header " + header.getKey() + " has a control character in it");
            }
        }
    }

    /** A body of chunks; the JDK's server has refused every other coding. */
    static boolean isChunked(Headers headers) {
        return headers.containsKey("Transfer-Encoding");
    }

    private static void requireHost(String protocol, List<String> hosts) {
        boolean old = protocol.equals("HTTP/1.0") && hosts.isEmpty();
        require(old || hosts.size() == 1, "one header Host is needed, there are " + hosts.size());
        require(old || HOST.matcher(hosts.getFirst()).matches(), "the header Host is not a host");
    }

    /** Bytes above 127 are allowed, whatever they mean (RFC 9110, section 5.5); a tab has become a space already. */
    private static boolean isPrintable(String value) {
        return value.chars().allMatch(c -> c >= ' ' && c != 0x7F);
    }

    private static void require(boolean holds, String detail) {
        if (!holds) {
            throw new ProblemException(ProblemType.MALFORMED, detail, Map.of("Connection", "close"));
        }
    }
}
