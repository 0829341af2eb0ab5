package dealbrain.http;

/**
 * The system properties of the JDK's HTTP server, which has no other settings. It reads them once, when it is loaded.
 */
final class JdkServerProperties {
    private JdkServerProperties() {}

    /** Sets the properties that are not set on the command line. Has no effect after the server class was loaded. */
    static void setDefaults() {
        // TCP_NODELAY: otherwise a response in two packets waits 44 ms for the client's delayed ACK
        setDefault("sun.net.httpserver.nodelay", "true");
        // in seconds: otherwise a client that sends a byte a minute holds its connection for ever
        setDefault("sun.net.httpserver.maxReqTime", "20");
        setDefault("sun.net.httpserver.maxRspTime", "120");
        setDefault("sun.net.httpserver.idleInterval", "60");
        // Every connection may be idle. With a lower limit, a connection above it is closed right after its response,
        // while the client may be sending the next request.
        String connections = Integer.toString(OpenFiles.now().maxConnections());
        setDefault("jdk.httpserver.maxConnections", connections);
        setDefault("sun.net.httpserver.maxIdleConnections", connections);
        // Far above the limits of RequestReader, which returns a problem: the JDK closes the connection without a
        // response.
        setDefault("sun.net.httpserver.maxReqHeaders", "1000");
        setDefault("sun.net.httpserver.maxReqHeaderSize", Integer.toString(16 * RequestReader.MAX_HEADERS));
        // The rest of an unread body is drained up to this size. Then the client receives the response, and the
        // connection can be used again.
        setDefault("sun.net.httpserver.drainAmount", Integer.toString(16 * Route.ONE_MEBIBYTE));
    }

    private static void setDefault(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
