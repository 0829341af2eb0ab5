package dealbrain.perf;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * The baseline of the HTTP benchmarks: the JDK's HTTP server with the settings of the application. It responds to
 * {@code /<length>/<anything>} with {@code length} bytes from memory and fixed header fields.
 */
final class BaselineServer {
    /** The header fields that the JDK's HTTP server sends itself. */
    private static final List<String> OF_THE_SERVER = List.of("Date", "Content-Length");

    private final byte[] bytes = new byte[2 << 20];
    private final List<HeaderField> fields;

    private BaselineServer(List<HeaderField> fields) {
        Arrays.fill(bytes, (byte) 'x');
        this.fields = fields;
    }

    /** Starts the server on the port in {@code arguments[0]}; the other arguments are {@link #arguments}. */
    public static void main(String[] arguments) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxReqTime", "20"); // makes it track all open requests
        System.setProperty("sun.net.httpserver.maxRspTime", "120");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "8192");
        System.setProperty("jdk.httpserver.maxConnections", "8192");
        start(
                Integer.parseInt(arguments[0]),
                Stream.of(arguments).skip(1).map(HeaderField::parse).toList());
    }

    /** Returns the arguments for a server that sends the same header fields as the response that had {@code fields}. */
    static List<String> arguments(List<HeaderField> fields) {
        return fields.stream()
                .filter(field -> OF_THE_SERVER.stream().noneMatch(field.name()::equalsIgnoreCase))
                .map(HeaderField::toString)
                .toList();
    }

    /** Starts a server that adds {@code fields} to those of the JDK's HTTP server. */
    static HttpServer start(int port, List<HeaderField> fields) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", new BaselineServer(fields)::respond);
        server.start();
        return server;
    }

    private void respond(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        int length = Integer.parseInt(path, 1, path.indexOf('/', 1), 10);
        fields.forEach(field -> exchange.getResponseHeaders().add(field.name(), field.value()));
        exchange.sendResponseHeaders(200, length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes, 0, length);
        }
    }
}
