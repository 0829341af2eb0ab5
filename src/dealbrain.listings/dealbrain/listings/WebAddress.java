package dealbrain.listings;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses of web pages and images. */
public final class WebAddress {
    private static final Pattern ORIGIN =
            Pattern.compile("(?<scheme>[A-Za-z]+://)(?<user>[^/?#@]*@)?(?<host>[^/?#@]*)");

    private static final Pattern CAPITAL = Pattern.compile("[A-Z]");

    private WebAddress() {}

    /**
     * Returns an address with its scheme and host in lower case, which does not change its meaning (RFC 3986, section
     * 6.2.2.1). So equal addresses are equal texts.
     */
    public static @Nullable String normalized(@Nullable String address) {
        if (address == null) {
            return null;
        }
        Matcher origin = ORIGIN.matcher(address);
        if (!origin.lookingAt()) {
            return address;
        }
        String user = origin.group("user");
        return lower(origin.group("scheme"))
                + (user == null ? "" : user)
                + lower(origin.group("host"))
                + address.substring(origin.end());
    }

    /** Converts the letters of ASCII only, as sql/0012-web-addresses.sql does. */
    private static String lower(String text) {
        return CAPITAL.matcher(text).replaceAll(letter -> letter.group().toLowerCase(Locale.ROOT));
    }
}
