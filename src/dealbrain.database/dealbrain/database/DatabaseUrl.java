package dealbrain.database;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a database, with user and password. Neither {@code toString} nor a message contains the password.
 *
 * @param jdbcUrl  {@code jdbc:postgresql://host:port/name?parameters}, without user and password
 * @param password empty when the server requires none
 */
public record DatabaseUrl(String jdbcUrl, String user, String password) {
    private static final String RULE = "the database URL must look like postgresql://user:password@host:5432/name";
    private static final int DEFAULT_PORT = 5432;
    private static final String TARGET = "targetServerType=";
    /** The second is the driver's old name of the first. */
    private static final Set<String> PRIMARY = Set.of("primary", "master");

    // The credentials end at the last @ before the path, so that a password may contain an @ that is not encoded.
    private static final Pattern FORM =
            Pattern.compile("(?:jdbc:)?postgres(?:ql)?://(?:(?<credentials>[^/?#]*)@)?(?<hosts>[^/?#@]*)"
                    + "(?:/(?<name>[^/?#]*))?(?:\\?(?<query>[^#]*))?");
    private static final Pattern HOST =
            Pattern.compile("(?<host>\\[[0-9A-Fa-f:.%]+]|[^:\\[\\]\\s]+)(?::(?<port>\\d{1,5}))?");

    public DatabaseUrl {
        Objects.requireNonNull(jdbcUrl);
        Objects.requireNonNull(user);
        Objects.requireNonNull(password);
    }

    /**
     * Parses {@code postgresql://user:password@host:port/name?parameters}. The scheme can also be {@code postgres} or
     * {@code jdbc:postgresql}. The query parameters {@code user} and {@code password} replace those before the host.
     * User and password are percent-encoded, the default port is 5432, several hosts are separated by commas. The other
     * query parameters are passed to the driver unchanged.
     *
     * <p>With several hosts only the primary server is used. A standby must never be: its snapshots do not list the
     * transactions that run on the primary, so that the cache would consider pages current that are not.
     *
     * @throws IllegalArgumentException the text is invalid; the message says what is expected, without the credentials
     */
    public static DatabaseUrl parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw invalid("with '/', '?' and '#' in user or password percent-encoded");
        }
        String credentials = group(form, "credentials");
        int colon = credentials.indexOf(':');
        String user = decode(colon < 0 ? credentials : credentials.substring(0, colon));
        String password = colon < 0 ? "" : decode(credentials.substring(colon + 1));
        List<String> parameters = new ArrayList<>();
        for (String parameter : group(form, "query").split("&", -1)) {
            if (parameter.startsWith("user=")) {
                user = decode(parameter.substring("user=".length()));
            } else if (parameter.startsWith("password=")) {
                password = decode(parameter.substring("password=".length()));
            } else if (!parameter.isEmpty()) {
                parameters.add(parameter);
            }
        }
        String hosts = hosts(group(form, "hosts"));
        if (!isPrimaryRequired(parameters) && hosts.contains(",")) {
            parameters.add(TARGET + "primary");
        }
        if (user.isEmpty()) {
            throw invalid("but it has no user");
        }
        String name = group(form, "name");
        if (decode(name).isEmpty()) {
            throw invalid("but it has no database name");
        }
        return new DatabaseUrl(
                "jdbc:postgresql://" + hosts + "/" + name
                        + (parameters.isEmpty() ? "" : "?" + String.join("&", parameters)),
                user,
                password);
    }

    private static String group(Matcher matcher, String group) {
        return Objects.requireNonNullElse(matcher.group(group), "");
    }

    /** Returns whether the parameters require the primary server. Throws if they allow another one. */
    private static boolean isPrimaryRequired(List<String> parameters) {
        List<String> targets = parameters.stream()
                .filter(parameter -> parameter.startsWith(TARGET))
                .map(parameter -> decode(parameter.substring(TARGET.length())))
                .toList();
        if (!PRIMARY.containsAll(targets)) {
            throw new IllegalArgumentException(
                    "the parameter targetServerType of the database URL must be primary or left out, because pages"
                            + " must never be read from a standby server");
        }
        return !targets.isEmpty();
    }

    private static String hosts(String text) {
        List<String> hosts = new ArrayList<>();
        for (String each : text.split(",", -1)) {
            Matcher host = HOST.matcher(each);
            if (!host.matches()) {
                throw invalid("but its host or port is invalid (an IPv6 address is written in brackets)");
            }
            String digits = group(host, "port");
            int port = digits.isEmpty() ? DEFAULT_PORT : Integer.parseInt(digits);
            if (port < 1 || port > 65_535) {
                throw invalid("with a port between 1 and 65535, was " + port);
            }
            hosts.add(group(host, "host") + ":" + port);
        }
        return String.join(",", hosts);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) { // its message contains a part of the text
            throw invalid("with two hexadecimal digits after each '%' (a '%' itself is written %25)");
        }
    }

    private static IllegalArgumentException invalid(String detail) {
        return new IllegalArgumentException(RULE + ", " + detail);
    }

    /** Returns host, port and database name for messages and logs: {@code localhost:5432/dealbrain}. */
    public String address() {
        int query = jdbcUrl.indexOf('?');
        return jdbcUrl.substring("jdbc:postgresql://".length(), query < 0 ? jdbcUrl.length() : query);
    }

    /** Returns whether the URL names more than one server. */
    public boolean hasSeveralHosts() {
        return address().contains(",");
    }

    /** Returns the name of the database. */
    public String name() {
        return decode(address().substring(address().indexOf('/') + 1));
    }

    /** Returns the URL of another database of the same server; {@code name} needs no encoding. */
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
