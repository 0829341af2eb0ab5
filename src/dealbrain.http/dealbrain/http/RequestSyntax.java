package dealbrain.http;

import com.sun.net.httpserver.HttpExchange;
import java.util.BitSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What RFC 9112 refuses and the JDK's server lets through: heads that two readers could take for different requests.
 * Whoever sends one is answered 400 and the connection is closed, as nobody knows where its next request begins. No regular
 * expressions: each request passes here, and they would take longer than a page from memory.
 */
final class RequestSyntax {
    private static final int LONGEST_METHOD = 64;
    /** {@code Long.parseLong} takes a sign too. */
    private static final int LONGEST_LENGTH = 18;

    private static final int LONGEST_PORT = 5;
    private static final String DIGITS = "0123456789";
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BitSet DIGIT = setOf(DIGITS);
    /** RFC 9110, section 5.6.2. */
    private static final BitSet TOKEN = setOf(DIGITS + LETTERS + "!#$%&'*+-.^_`|~");
    /** RFC 3986, section 3.2.2. */
    private static final BitSet NAME = setOf(DIGITS + LETTERS + "-._~!$&'()*+,;=%");

    private static final BitSet ADDRESS = setOf(DIGITS + "ABCDEFabcdef:.");

    private RequestSyntax() {}

    private static BitSet setOf(String characters) {
        BitSet set = new BitSet();
        characters.chars().forEach(set::set);
        return set;
    }

    /** @throws ProblemException malformed, with the header that closes the connection */
    static void require(HttpExchange exchange, RequestHeaders header) {
        String protocol = exchange.getProtocol();
        require(isMadeOf(TOKEN, exchange.getRequestMethod(), LONGEST_METHOD), "the method is not a word");
        boolean old = protocol.equals("HTTP/1.0");
        require(old || protocol.equals("HTTP/1.1"), "the request line must end in HTTP/1.1, with CR LF after it");
        requireHost(header.field("Host"), old);
        String length = header.field("Content-Length");
        require(length == null || isMadeOf(DIGIT, length, LONGEST_LENGTH), "Content-Length must be a number of bytes");
        require(!old || !header.isChunked(), "Transfer-Encoding needs HTTP/1.1");
        for (Map.Entry<String, String> field : header.fields()) {
            require(isPrintable(field.getValue()), "the header " + field.getKey() + " has a control character in it");
        }
    }

    /** Two are one list, which is no host. */
    private static void requireHost(@Nullable String host, boolean old) {
        require(host != null || old, "the header Host is missing");
        require(host == null || isHost(host), "the header Host is not a host");
    }

    /** A name or an address with a port; empty where the target has no authority. */
    private static boolean isHost(String host) {
        int colon = host.indexOf(':', host.lastIndexOf(']') + 1);
        int end = colon < 0 ? host.length() : colon;
        boolean isAddress = host.startsWith("[") && end > 2 && host.charAt(end - 1) == ']';
        boolean isName = isAddress ? isMadeOf(ADDRESS, host, 1, end - 1) : isMadeOf(NAME, host, 0, end);
        return isName
                && (colon < 0
                        || (host.length() - colon <= LONGEST_PORT + 1
                                && isMadeOf(DIGIT, host, colon + 1, host.length())));
    }

    private static boolean isMadeOf(BitSet characters, String text, int longest) {
        return !text.isEmpty() && text.length() <= longest && isMadeOf(characters, text, 0, text.length());
    }

    private static boolean isMadeOf(BitSet characters, String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!characters.get(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Bytes above 127 are allowed, whatever they mean (RFC 9110, section 5.5); a tab has become a space already. */
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
