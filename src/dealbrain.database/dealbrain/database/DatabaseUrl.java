package dealbrain.database;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the database is and who asks. The password is only in {@link #password}, never in {@code toString} or a message.
 *
 * @param jdbcUrl  {@code jdbc:postgresql://host:port/name?parameters}, without user and password
 * @param password empty when the server asks for none
 */
public record DatabaseUrl(String jdbcUrl, String user, String password) {
    private static final String RULE = "the database URL must look like postgresql://user:password@host:5432/name";
    private static final int DEFAULT_PORT = 5432;

    // The user part runs to the last @ before the path, so that a password may hold an @ that nobody encoded.
    private static final Pattern FORM = Pattern.compile(
            "(?:jdbc:)?postgres(?:ql)?://(?:(?<user>[^/?#]*)@)?(?<hosts>[^/?#@]*)(?:/(?<name>[^/?#]*))?(?:\\?(?<query>[^#]*))?");
    private static final Pattern HOST =
            Pattern.compile("(?<host>\\[[0-9A-Fa-f:.%]+]|[^:\\[\\]\\s]+)(?::(?<port>\\d{1,5}))?");

    public DatabaseUrl {
        Objects.requireNonNull(jdbcUrl);
        Objects.requireNonNull(user);
        Objects.requireNonNull(password);
    }

    /**
     * Reads {@code postgresql://user:password@host:port/name?parameters}, also with {@code postgres:} or
     * {@code jdbc:postgresql:} in front, and with {@code user} and {@code password} among the parameters. User and
     * password are percent-encoded, the port is 5432 unless given, several hosts are separated by commas; the other
     * parameters go to the driver as they are.
     *
     * @throws IllegalArgumentException with a sentence that names the rule and never shows the text
     */
    public static DatabaseUrl parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw broken("with '/', '?' and '#' in user or password percent-encoded");
        }
        String before = given(form, "user");
        int colon = before.indexOf(':');
        String user = decoded(colon < 0 ? before : before.substring(0, colon));
        String password = colon < 0 ? "" : decoded(before.substring(colon + 1));
        List<String> parameters = new ArrayList<>();
        for (String parameter : given(form, "query").split("&", -1)) {
            if (parameter.startsWith("user=")) {
                user = decoded(parameter.substring("user=".length()));
            } else if (parameter.startsWith("password=")) {
                password = decoded(parameter.substring("password=".length()));
            } else if (!parameter.isEmpty()) {
                parameters.add(parameter);
            }
        }
        if (user.isEmpty()) {
            throw broken("and this one names no user");
        }
        String name = given(form, "name");
        if (decoded(name).isEmpty()) {
            throw broken("and this one names no database");
        }
        return new DatabaseUrl(
                "jdbc:postgresql://" + hosts(given(form, "hosts")) + "/" + name
                        + (parameters.isEmpty() ? "" : "?" + String.join("&", parameters)),
                user,
                password);
    }

    private static String given(Matcher matcher, String group) {
        return Objects.requireNonNullElse(matcher.group(group), "");
    }

    private static String hosts(String text) {
        List<String> hosts = new ArrayList<>();
        for (String each : text.split(",", -1)) {
            Matcher host = HOST.matcher(each);
            if (!host.matches()) {
                throw broken(
                        "and this one names no host, or a port that is not a number (an IPv6 address stands in [ ])");
            }
            String given = given(host, "port");
            int port = given.isEmpty() ? DEFAULT_PORT : Integer.parseInt(given);
            if (port < 1 || port > 65_535) {
                throw broken("with a port between 1 and 65535, was " + port);
            }
            hosts.add(given(host, "host") + ":" + port);
        }
        return String.join(",", hosts);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) { // its message shows a piece of the text
            throw broken("and after each '%' two hexadecimal digits must follow (a '%' itself is written %25)");
        }
    }

    private static IllegalArgumentException broken(String how) {
        return new IllegalArgumentException(RULE + ", " + how);
    }

    /** Host, port and database name, as messages and logs show them: {@code localhost:5432/dealbrain}. */
    public String address() {
        int query = jdbcUrl.indexOf('?');
        return jdbcUrl.substring("jdbc:postgresql://".length(), query < 0 ? jdbcUrl.length() : query);
    }

    /** The name of the database. */
    public String name() {
        return decoded(address().substring(address().indexOf('/') + 1));
    }

    /** Another database of the same server; {@code name} is a plain identifier. */
    public DatabaseUrl withName(String name) {
        String address = address();
        String other = address.substring(0, address.indexOf('/') + 1) + name;
        return new DatabaseUrl(
                jdbcUrl.replaceFirst(Pattern.quote(address), Matcher.quoteReplacement(other)), user, password);
    }

    @Override
    public String toString() {
        return "postgresql://" + user + "@" + address();
    }
}
