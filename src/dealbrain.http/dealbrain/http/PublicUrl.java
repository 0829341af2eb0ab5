package dealbrain.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The public address of the server. It is the only place that builds addresses for clients. A path in it, such as
 * {@code /deals} of {@code https://example.org/deals}, belongs to a proxy that removes it from the requests, so it
 * begins every address but no route.
 *
 * @param base   the start of absolute addresses, without a slash at its end
 * @param prefix the path of {@code base}; empty if it has none
 */
public record PublicUrl(String base, String prefix) {
    /** The address of a server that does not know its own: all addresses have no host. */
    public static final PublicUrl UNKNOWN = new PublicUrl("", "");

    private static final Pattern SYNTAX = Pattern.compile(
            "(https?://[^\\s/?#@\"<>\\\\]+)((?:/(?!\\.{1,2}(?:/|$))(?:[\\w.~!$'()*+,;=:@-]|%[0-9A-Fa-f]{2})+)*)/*",
            Pattern.CASE_INSENSITIVE);

    /**
     * Reads an address. Slashes at its end are ignored.
     *
     * @throws IllegalArgumentException with the rule that the text breaks
     */
    public static PublicUrl parse(String text) {
        if (text.contains("?") || text.contains("#")) {
            throw new IllegalArgumentException("must be a URL without ? and #, such as https://example.org/deals");
        }
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "must be an http or https URL, such as https://deals.example.org or https://example.org/deals");
        }
        return new PublicUrl(matcher.group(1) + matcher.group(2), matcher.group(2));
    }

    /** Returns the absolute address of a path of this server, which starts with a slash. */
    public String absolute(String path) {
        return base + path;
    }

    /** Returns the address of a path of this server without the host, which is valid on every host. */
    public String relative(String path) {
        return prefix + path;
    }

    /** Returns the address for the header {@code Location}: one on another server is unchanged. */
    String location(String address) {
        return address.startsWith("/") ? relative(address) : address;
    }
}
