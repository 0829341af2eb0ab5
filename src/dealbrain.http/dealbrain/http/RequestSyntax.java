package dealbrain.http;

import com.sun.net.httpserver.HttpExchange;
import java.util.BitSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rejects request heads that RFC 9112 forbids and the server of the JDK accepts. A proxy and this server could read
 * such a head as different requests (request smuggling). The response is 400 and the connection is closed, because the
 * start of the next request is unknown.
 *
 * <p>Every request passes these checks, so they do not use regular expressions, which would take longer than returning
 * a cached page. A character class is a {@link BitSet}, and a text is checked by one lookup for each character.
 */
final class RequestSyntax {
    private static final int MAX_METHOD_LENGTH = 64;
    /** Every number of this many digits fits a {@code long}. */
    private static final int MAX_CONTENT_LENGTH_DIGITS = 18;

    private static final int MAX_PORT_DIGITS = 5;
    private static final String DIGITS = "0123456789";
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BitSet DIGIT = setOf(DIGITS);
    /** RFC 9110, section 5.6.2. */
    private static final BitSet TOKEN = setOf(DIGITS + LETTERS + "!#$%&'*+-.^_`|~");
    /** RFC 3986, section 3.2.2. */
    private static final BitSet HOST_NAME = setOf(DIGITS + LETTERS + "-._~!$&'()*+,;=%");

    private static final BitSet ADDRESS = setOf(DIGITS + "ABCDEFabcdef:.");

    private RequestSyntax() {}

    private static BitSet setOf(String characters) {
        BitSet set = new BitSet();
        characters.chars().forEach(set::set);
        return set;
    }

    /**
     * Throws if the request line or a header is malformed.
     *
     * @throws ProblemException malformed, with the header that closes the connection
     */
    static void require(HttpExchange exchange, RequestHeaders headers) {
        require(
                isMadeOf(TOKEN, exchange.getRequestMethod(), MAX_METHOD_LENGTH),
                "the method must be a token of at most " + MAX_METHOD_LENGTH + " characters");
        String protocol = exchange.getProtocol();
        boolean isHttp10 = protocol.equals("HTTP/1.0");
        require(
                isHttp10 || protocol.equals("HTTP/1.1"),
                "the request line must end with HTTP/1.1 and a line break of CR LF");
        requireHost(headers.get("Host"), isHttp10);
        requireContentLength(headers.get("Content-Length"));
        require(!isHttp10 || !headers.isChunked(), "Transfer-Encoding requires HTTP/1.1");
        for (Map.Entry<String, String> header : headers.all()) {
            require(
                    isPrintable(header.getValue()),
                    "the header " + header.getKey() + " must not contain control characters");
        }
    }

    /**
     * Throws if the header is missing or is no host. Also rejects a repeated header, which arrives joined by a comma
     * and a space.
     */
    private static void requireHost(@Nullable String host, boolean isHttp10) {
        require(host != null || isHttp10, "the header Host is missing");
        require(host == null || isHost(host), "the header Host must be a host name or address with an optional port");
    }

    /** Accepts an empty text: the target of the request may have no authority. */
    private static boolean isHost(String host) {
        // the port begins after the first colon behind the bracket of an IPv6 address
        int colon = host.indexOf(':', host.lastIndexOf(']') + 1);
        int end = colon < 0 ? host.length() : colon;
        boolean isBracketed = host.startsWith("[") && end > 2 && host.charAt(end - 1) == ']';
        boolean isName = isBracketed ? isMadeOf(ADDRESS, host, 1, end - 1) : isMadeOf(HOST_NAME, host, 0, end);
        return isName && (colon < 0 || isPort(host, colon + 1));
    }

    private static boolean isPort(String host, int from) {
        return host.length() - from <= MAX_PORT_DIGITS && isMadeOf(DIGIT, host, from, host.length());
    }

    /** Rejects a sign too, which {@code Long.parseLong} accepts. */
    private static void requireContentLength(@Nullable String length) {
        require(
                length == null || isMadeOf(DIGIT, length, MAX_CONTENT_LENGTH_DIGITS),
                "Content-Length must be a number of at most " + MAX_CONTENT_LENGTH_DIGITS + " digits");
    }

    private static boolean isMadeOf(BitSet characters, String text, int maxLength) {
        return !text.isEmpty() && text.length() <= maxLength && isMadeOf(characters, text, 0, text.length());
    }

    private static boolean isMadeOf(BitSet characters, String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!characters.get(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Accepts bytes above 127 (RFC 9110, section 5.5). The server of the JDK has replaced tabs by spaces. */
    private static boolean isPrintable(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < ' ' || value.charAt(i) == 0x7F) {
                return false;
            }
        }
        return true;
    }

    private static void require(boolean holds, String detail) {
        if (!holds) {
            throw new ProblemException(ProblemType.MALFORMED, detail, Map.of("Connection", "close"));
        }
    }
}
