package dealbrain.database;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.PGProperty;

/**
 * Translates the parameters of a database URL, as providers and the documents of libpq have them, to the driver's
 * names. What the driver cannot do, and names that do not exist, are refused: a parameter that is ignored, such as
 * {@code sslmod=require}, weakens a connection unnoticed.
 */
final class UrlParameters {
    private static final Map<String, PGProperty> OF_DRIVER = Arrays.stream(PGProperty.values())
            .collect(Collectors.toMap(property -> lowerCase(property.getName()), Function.identity()));

    /** Names of libpq and of other clients for the same thing, in lower case. */
    private static final Map<String, String> SAME = Map.ofEntries(
            Map.entry("application_name", "ApplicationName"),
            Map.entry("fallback_application_name", "ApplicationName"),
            Map.entry("channel_binding", "channelBinding"),
            Map.entry("connect_timeout", "connectTimeout"),
            Map.entry("keepalives", "tcpKeepAlive"),
            Map.entry("krbsrvname", "kerberosServerName"),
            Map.entry("load_balance_hosts", "loadBalanceHosts"),
            Map.entry("pgbouncer", "prepareThreshold"),
            Map.entry("require_auth", "requireAuth"),
            Map.entry("schema", "currentSchema"),
            Map.entry("search_path", "currentSchema"),
            Map.entry("target_session_attrs", "targetServerType"));

    /** The driver's values of {@code targetServerType} for those of libpq. */
    private static final Map<String, String> TARGETS = Map.of("read-write", "primary", "standby", "secondary");

    private static final String POOL_SIZE = "set DEALBRAIN_POOL_SIZE instead";
    private static final String FIXED = "dealbrain sets it itself; leave it out";
    private static final String UNSUPPORTED = "the JDBC driver does not support it; leave it out";
    private static final String IN_OPTIONS = "it is a setting of the server; write options=-c%20name=value instead";

    /** What a name is refused with, in lower case. */
    private static final Map<String, String> REFUSED = refused(Map.of(
            POOL_SIZE,
            "connection_limit max_connections maxpoolsize pool pool_max_conn_idle_time pool_max_conn_lifetime"
                    + " pool_max_conns pool_min_conns pool_mode pool_size pool_timeout",
            FIXED,
            "allowencodingchanges assumeminserverversion datestyle logservererrordetail pgdbname pghost pgport"
                    + " protocolversion readonly replication service servicefile timezone",
            UNSUPPORTED,
            "gssdelegation hostaddr keepalives_count keepalives_idle keepalives_interval max_protocol_version"
                    + " min_protocol_version passfile prepared_statement_cache_size requirepeer requiressl"
                    + " scram_client_key scram_server_key socket_timeout ssl_max_protocol_version"
                    + " ssl_min_protocol_version sslcertmode sslcompression sslcrl sslcrldir sslidentity sslkeylogfile"
                    + " sslsni statement_cache_size tcp_user_timeout",
            IN_OPTIONS,
            "idle_in_transaction_session_timeout lock_timeout statement_timeout work_mem",
            "use sslmode=require or sslmode=verify-full instead",
            "sslaccept"));

    /** Parameters of other clients that need nothing here. */
    private static final Set<String> WITHOUT_EFFECT = Set.of("client_encoding", "uselibpqcompat");

    private static final Set<String> NUMBERS =
            Set.of("connectTimeout", "socketTimeout", "loginTimeout", "cancelSignalTimeout", "prepareThreshold");

    private final Map<String, String> driver = new LinkedHashMap<>();

    private UrlParameters() {}

    /**
     * Returns the parameters in the driver's names and in the order of the URL.
     *
     * @throws IllegalArgumentException a parameter is unknown, unsupported or invalid; the message has its name and not
     *                                  its value
     */
    static Map<String, String> translate(Map<String, String> parameters) {
        UrlParameters result = new UrlParameters();
        parameters.forEach(result::add);
        result.requireVerificationBySystem();
        return result.driver;
    }

    private void add(String given, String value) {
        String name = lowerCase(given);
        String advice = REFUSED.get(name);
        if (advice != null) {
            throw invalid(given, "is not supported: " + advice);
        }
        if (WITHOUT_EFFECT.contains(name)) {
            requireUtf8(name, value);
        } else if (SAME.containsKey(name)) {
            put(given, SAME.get(name), translated(name, value));
        } else if (OF_DRIVER.containsKey(name)) {
            put(given, OF_DRIVER.get(name).getName(), value);
        } else {
            throw invalid(given, "is unknown" + NearestName.suggestion(name, known()));
        }
    }

    private static void requireUtf8(String name, String value) {
        if (name.equals("client_encoding") && !value.matches("(?i)auto|utf-?8|unicode")) {
            throw invalid(name, "must be UTF8 or left out");
        }
    }

    private static String translated(String name, String value) {
        return switch (name) {
            case "keepalives" -> String.valueOf(!value.equals("0"));
            case "load_balance_hosts" -> String.valueOf(value.equals("random"));
            case "pgbouncer" -> value.equals("true") ? "0" : "1";
            case "target_session_attrs" -> TARGETS.getOrDefault(value, value);
            default -> value;
        };
    }

    private void put(String given, String name, String value) {
        if (NUMBERS.contains(name) && !value.matches("-?\\d{1,9}")) {
            throw invalid(given, "must be a number");
        }
        requireChoice(given, Objects.requireNonNull(PGProperty.forName(name)), value);
        String other = driver.putIfAbsent(name, value);
        if (other != null && !other.equals(value)) {
            throw invalid(given, "is given twice, with different values");
        }
    }

    private static void requireChoice(String given, PGProperty property, String value) {
        String[] choices = property.getChoices();
        // targetServerType is checked by DatabaseUrl, requireAuth is a list of its choices.
        boolean checked =
                choices != null && property != PGProperty.TARGET_SERVER_TYPE && property != PGProperty.REQUIRE_AUTH;
        if (checked && Stream.of(choices).noneMatch(value::equalsIgnoreCase)) {
            throw invalid(given, "must be one of " + String.join(", ", choices));
        }
    }

    /** Translates {@code sslrootcert=system}, with which libpq requires {@code verify-full} as well. */
    private void requireVerificationBySystem() {
        if (!"system".equals(driver.get(PGProperty.SSL_ROOT_CERT.getName()))) {
            return;
        }
        driver.remove(PGProperty.SSL_ROOT_CERT.getName());
        String mode = driver.put(PGProperty.SSL_MODE.getName(), "verify-full");
        if (mode != null && !mode.equals("verify-full")) {
            throw invalid("sslrootcert", "is system, which needs sslmode=verify-full");
        }
        driver.put(PGProperty.SSL_FACTORY.getName(), "org.postgresql.ssl.DefaultJavaSSLFactory");
    }

    private static Set<String> known() {
        Set<String> known = new TreeSet<>(SAME.keySet());
        OF_DRIVER.values().stream().map(PGProperty::getName).forEach(known::add);
        known.removeIf(name -> REFUSED.containsKey(lowerCase(name)));
        return known;
    }

    private static Map<String, String> refused(Map<String, String> namesByAdvice) {
        return namesByAdvice.entrySet().stream()
                .flatMap(each -> Stream.of(each.getValue().split(" ")).map(name -> Map.entry(name, each.getKey())))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static String lowerCase(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static IllegalArgumentException invalid(String name, String rule) {
        return new IllegalArgumentException("the parameter " + name + " of the database URL " + rule);
    }
}
