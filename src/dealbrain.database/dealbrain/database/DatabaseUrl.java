package dealbrain.database;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The address of a database, with user and password. Neither {@code toString} nor a message contains the password.
 *
 * @param jdbcUrl  {@code jdbc:postgresql://host:port/name?parameters}, without user and password
 * @param password empty when the server requires none
 */
public record DatabaseUrl(String jdbcUrl, String user, String password) {
    private static final String RULE = "the database URL must look like postgresql://user:password@host:5432/name";
    private static final int DEFAULT_PORT = 5432;
    private static final String TARGET = "targetServerType";
    private static final String OPTIONS = "options";

    /** What the servers of a URL are, and so which of several hosts the driver connects to. */
    private enum Role {
        PRIMARY,
        STANDBY;

        private static final Set<String> PRIMARY_TARGETS = Set.of("primary", "master"); // the second is the old name
        private static final Set<String> STANDBY_TARGETS = Set.of("secondary", "slave");

        void requireTarget(String target) {
            if (this == PRIMARY && !PRIMARY_TARGETS.contains(target)) {
                throw new IllegalArgumentException(
                        "the parameter targetServerType of the database URL must be primary or left out, because it is"
                                + " written to (target_session_attrs: read-write); the URL of a standby is"
                                + " DATABASE_READ_URL");
            }
            if (this == STANDBY && !STANDBY_TARGETS.contains(target)) {
                throw new IllegalArgumentException(
                        "the parameter targetServerType of the URL of a standby must be secondary or left out"
                                + " (target_session_attrs: standby)");
            }
        }

        String target() {
            return this == PRIMARY ? "primary" : "secondary";
        }
    }

    // The credentials end at the last @ before the path, so that a password may contain an @ that is not encoded. An @
    // after it means that a '/' or '?' of the password is not encoded: what follows is shown in messages.
    private static final Pattern FORM =
            Pattern.compile("(?i)(?:jdbc:)?postgres(?:ql)?://(?:(?<credentials>[^/?#]*)@)?(?<hosts>[^/?#@]*)"
                    + "(?:/(?<name>[^/?#@]*))?(?:\\?(?<query>[^#@]*))?");
    private static final Pattern HOST =
            Pattern.compile("(?<host>\\[[0-9A-Fa-f:.%]+]|[^:\\[\\]\\s]+)(?::(?<port>\\d{1,5}))?");
    private static final Pattern SCHEME = Pattern.compile("(?<scheme>(?:jdbc:)?[A-Za-z][A-Za-z0-9+.-]*)://.*");

    public DatabaseUrl {
        Objects.requireNonNull(jdbcUrl);
        Objects.requireNonNull(user);
        Objects.requireNonNull(password);
    }

    /**
     * Parses {@code postgresql://user:password@host:port/name?parameters}. The scheme can also be {@code postgres} or
     * {@code jdbc:postgresql}. The query parameters {@code user}, {@code password}, {@code host}, {@code port} and
     * {@code dbname} replace what stands before them. User and password are percent-encoded, the default port is 5432,
     * several hosts are separated by commas. The other query parameters can have the names of the driver or of libpq,
     * see {@link UrlParameters}.
     *
     * <p>With several hosts only the primary server is used.
     *
     * @throws IllegalArgumentException the text is invalid; the message says what is expected, without the credentials
     */
    public static DatabaseUrl parse(String text) {
        return parse(text, Role.PRIMARY);
    }

    /**
     * Parses the URL of hot standbys, which has the form of {@link #parse}. With several hosts only standbys are used.
     *
     * @throws IllegalArgumentException as {@link #parse}
     */
    public static DatabaseUrl parseStandby(String text) {
        return parse(text, Role.STANDBY);
    }

    private static DatabaseUrl parse(String text, Role role) {
        String url = text.strip();
        Matcher form = FORM.matcher(url);
        if (!form.matches()) {
            throw invalid(adviceFor(url));
        }
        Map<String, String> parameters = parameters(group(form, "query"));
        String credentials = group(form, "credentials");
        int colon = credentials.indexOf(':');
        String user = take(parameters, "user", decode(colon < 0 ? credentials : credentials.substring(0, colon)));
        String password = take(parameters, "password", colon < 0 ? "" : decode(credentials.substring(colon + 1)));
        String hosts = hosts(hostList(parameters, group(form, "hosts")));
        if (user.isEmpty()) {
            throw invalid("but it has no user");
        }
        String name = parameters.containsKey("dbname") ? encode(take(parameters, "dbname", "")) : group(form, "name");
        if (decode(name).isEmpty()) {
            throw invalid("but it has no database name");
        }
        Map<String, String> ofDriver = driverParameters(parameters, role, hosts.contains(","));
        return new DatabaseUrl(jdbcUrl(hosts, name, ofDriver), user, password);
    }

    /** Returns what is wrong with a text that is no URL of a database; a part of it only if it cannot be a secret. */
    private static String adviceFor(String text) {
        if (text.matches("(?s)[\"'`\u2018-\u201f\u00ab\u2039].*|.*[\"'`\u2018-\u201f\u00bb\u203a]")) {
            return "without the quotes around it";
        }
        if (text.matches("(?is)psql\\s.*")) {
            return "without the command psql before it";
        }
        if (text.matches("(?is)\\w[\\w ]*\\s*=.*")) {
            return "not a list of names and values such as host=… user=…";
        }
        Matcher scheme = SCHEME.matcher(text);
        if (scheme.matches() && !scheme.group("scheme").matches("(?i)(jdbc:)?postgres(ql)?")) {
            return "but it starts with " + scheme.group("scheme") + "://";
        }
        return "with '/', '?', '#' and '@' in user, password and name percent-encoded";
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (parameter.isEmpty()) {
                continue;
            }
            if (equals < 1) {
                throw invalid("with each parameter as name=value");
            }
            String name = decode(parameter.substring(0, equals));
            String value = parameter.substring(equals + 1);
            String other = parameters.put(name, decode(name.equals(OPTIONS) ? value.replace('+', ' ') : value));
            if (other != null && !other.equals(parameters.get(name))) {
                throw new IllegalArgumentException(
                        "the parameter " + name + " of the database URL is given twice, with different values");
            }
        }
        return parameters;
    }

    private static String take(Map<String, String> parameters, String name, String otherwise) {
        return Objects.requireNonNullElse(parameters.remove(name), otherwise);
    }

    /** Returns the hosts of the parameter {@code host}, if there is one, with the ports of {@code port}. */
    private static String hostList(Map<String, String> parameters, String beforePath) {
        String list = take(parameters, "host", beforePath);
        String ports = take(parameters, "port", "");
        if (list.isEmpty() || decode(list).startsWith("/") || list.startsWith("@")) {
            throw invalid("with a host: Unix sockets are not supported, use 127.0.0.1 for this machine");
        }
        if (ports.isEmpty()) {
            return list;
        }
        String[] hosts = list.split(",", -1);
        String[] each = ports.split(",", -1);
        for (int i = 0; i < hosts.length; i++) {
            hosts[i] += ":" + each[Math.min(i, each.length - 1)];
        }
        return String.join(",", hosts);
    }

    private static Map<String, String> driverParameters(
            Map<String, String> parameters, Role role, boolean hasSeveralHosts) {
        Map<String, String> translated = UrlParameters.translate(parameters);
        String target = translated.get(TARGET);
        if (target != null) {
            role.requireTarget(target);
        }
        if (hasSeveralHosts) {
            translated.putIfAbsent(TARGET, role.target());
        }
        requireOwnSettings(StartupOptions.parse(translated.getOrDefault(OPTIONS, "")));
        return translated;
    }

    private static void requireOwnSettings(StartupOptions options) {
        SessionSettings.REQUIRED.forEach((name, value) -> {
            if (!value.equalsIgnoreCase(options.settings().getOrDefault(name, value))) {
                throw new IllegalArgumentException("the parameter options of the database URL must not set " + name
                        + ": dealbrain needs the value " + value);
            }
        });
    }

    private static String jdbcUrl(String hosts, String name, Map<String, String> parameters) {
        String query = parameters.entrySet().stream()
                .map(each -> each.getKey() + "=" + encode(each.getValue()))
                .collect(Collectors.joining("&"));
        return "jdbc:postgresql://" + hosts + "/" + name + (query.isEmpty() ? "" : "?" + query);
    }

    private static String group(Matcher matcher, String group) {
        return Objects.requireNonNullElse(matcher.group(group), "");
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

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
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

    /** Returns the parameters in the driver's names. */
    Map<String, String> parameters() {
        int query = jdbcUrl.indexOf('?');
        return query < 0 ? Map.of() : parameters(jdbcUrl.substring(query + 1));
    }

    /** Returns whether the parameters name the schema of the tables. */
    boolean hasSchema() {
        return parameters().containsKey("currentSchema")
                || StartupOptions.parse(parameters().getOrDefault(OPTIONS, ""))
                        .settings()
                        .containsKey("search_path");
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
