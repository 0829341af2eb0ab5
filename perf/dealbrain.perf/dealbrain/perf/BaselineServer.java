package dealbrain.perf;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.Executors;

/**
 * The baseline of the HTTP benchmarks: the JDK's HTTP server with the settings of the application. It responds to
 * {@code /<length>/<anything>} with {@code length} bytes from memory.
 */
final class BaselineServer {
    private BaselineServer() {}

    /** Starts the server on the port in {@code arguments[0]}. */
    public static void main(String[] arguments) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxReqTime", "20"); // makes it track all open requests
        System.setProperty("sun.net.httpserver.maxRspTime", "120");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "8192");
        System.setProperty("jdk.httpserver.maxConnections", "8192");
        HttpServer server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])), 1024);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        byte[] bytes = new byte[2 << 20];
        Arrays.fill(bytes, (byte) 'x');
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            int length = Integer.parseInt(path, 1, path.indexOf('/', 1), 10);
            exchange.sendResponseHeaders(200, length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes, 0, length);
            }
        });
        server.start();
    }
}
