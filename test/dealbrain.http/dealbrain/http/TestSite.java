package dealbrain.http;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.csv.CsvFile;
import dealbrain.csv.CsvRow;
import dealbrain.http.Response.Body;
import dealbrain.json.Json;
import dealbrain.json.ThingInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server with test routes, an HTTP client for it, and plain sockets. */
final class TestSite implements AutoCloseable {
    static final ProblemType DUPLICATE_THING =
            ProblemType.conflict("duplicate-thing", "Thing already exists", "Use the existing thing.");
    private static final ApiDescription API = ApiDescription.of("things", "7")
            .withDescription("Things for tests.")
            .withTokenHelp("There are no tokens.")
            .withServerUrl("https://things.example.org")
            .withTags(
                    ApiDescription.Tag.of("things", "All things.", "/api/v1/things"),
                    ApiDescription.Tag.of("others", "All others.", "/"));
    static final String LONG_TEXT = "a long text ".repeat(1000);

    /** A response that was received. */
    record ClientResponse(HttpResponse<byte[]> http) {
        int status() {
            return http.statusCode();
        }

        String text() {
            return new String(http.body(), StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return Json.parse(http.body());
        }

        /** Returns all values of a header as one list; empty if it is absent. */
        String header(String name) {
            return String.join(", ", http.headers().allValues(name));
        }

        String code() {
            return json().path("code").asText();
        }
    }

    /** Blocks requests until it is opened, and counts those that entered. */
    static final class Gate {
        final Semaphore entered = new Semaphore(0);
        final CountDownLatch opened = new CountDownLatch(1);

        Response pass() {
            entered.release();
            try {
                opened.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Response.ok(Map.of("passed", opened.getCount() == 0));
        }
    }

    final Gate gate = new Gate();
    final Server server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private TestSite(PublicUrl publicUrl, List<String> origins, List<Filter> filters) {
        Router router = new Router();
        routes(router);
        try {
            server = new Server("127.0.0.1", 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.start(
                router,
                ServerOptions.of(API)
                        .withPublicUrl(publicUrl)
                        .withCorsOrigins(origins)
                        .withFilters(filters)
                        .withExceptionMapper(TestSite::toProblem));
    }

    static TestSite start() {
        return at(PublicUrl.UNKNOWN);
    }

    static TestSite at(PublicUrl publicUrl) {
        return new TestSite(publicUrl, List.of(), List.of());
    }

    static TestSite start(List<String> origins, Filter... filters) {
        return new TestSite(PublicUrl.UNKNOWN, origins, List.of(filters));
    }

    private static Optional<ProblemException> toProblem(Throwable thrown) {
        return thrown instanceof UnsupportedOperationException
                ? Optional.of(ProblemException.unavailable(
                        "the database is unavailable; retry in a second", Duration.ofSeconds(1)))
                : Optional.empty();
    }

    private void routes(Router router) {
        things(router);
        linked(router);
        router.get("/texts/{text}", request -> Response.ok(List.of(request.pathText("text"))))
                .access(Access.PUBLIC)
                .returns(List.class);
        router.get("/long", _ -> Response.ok(Map.of("text", LONG_TEXT)))
                .access(Access.PUBLIC)
                .returns(Map.class);
        router.get("/page", _ -> Response.text(200, Response.HTML, "<p>" + LONG_TEXT))
                .access(Access.PUBLIC)
                .produces(Response.HTML)
                .returns(String.class);
        router.get("/picture", _ -> Response.bytes(200, "image/png", new byte[5000]))
                .access(Access.PUBLIC)
                .produces("image/png")
                .returns(String.class);
        router.get(
                        "/trace",
                        request -> Response.ok(Map.of(
                                "trace",
                                request.traceParent().map(TraceParent::traceId).orElse("none"))))
                .access(Access.PUBLIC)
                .returns(Map.class);
        router.get("/stream", _ -> stream(out -> out.write(LONG_TEXT.getBytes(StandardCharsets.UTF_8))))
                .access(Access.PUBLIC)
                .produces("text/csv")
                .returns(String.class);
        router.get(
                        "/stream/broken",
                        _ -> stream(out -> {
                            out.write(LONG_TEXT.getBytes(StandardCharsets.UTF_8));
                            throw new IllegalStateException("failed half way");
                        }))
                .access(Access.PUBLIC)
                .produces("text/csv")
                .returns(String.class);
        router.post("/unread", _ -> Response.ok(Map.of("read", false)))
                .access(Access.PUBLIC)
                .returns(Map.class);
        router.post("/tiny", request -> Response.ok(request.body(ThingInput.class)))
                .access(Access.PUBLIC)
                .body(ThingInput.class)
                .maxBodyBytes(100)
                .returns(ThingInput.class);
        router.put("/table", request -> table(request.csv()))
                .access(Access.PUBLIC)
                .csvBody(2)
                .maxBodyBytes(100)
                .returns(Map.class);
        router.get("/gate", _ -> gate.pass()).access(Access.PUBLIC).returns(Map.class);
        router.get("/fail/{how}", request -> fail(request.pathText("how")))
                .access(Access.PUBLIC)
                .returns(Map.class);
    }

    private static Response table(CsvFile file) {
        return Response.ok(Map.of(
                "header",
                file.header(),
                "cells",
                file.rows().stream().map(CsvRow::cells).toList()));
    }

    private static void linked(Router router) {
        router.get("/links/{token}", request -> link(request.pathText("token")))
                .access(Access.PUBLIC)
                .linked(Pattern.compile("[A-Za-z0-9_-]{8}"))
                .produces(Response.HTML)
                .returns(String.class);
        router.get("/linked/things", TestSite::list)
                .access(Access.PUBLIC)
                .linked()
                .query(ThingListQuery.class)
                .returnsPageOf(Thing.class);
    }

    private static Response link(String token) {
        if (token.length() != 8) {
            throw ProblemException.notFound("link", token);
        }
        return Response.text(200, Response.HTML, "<p>" + token);
    }

    private static void things(Router router) {
        router.get("/api/v1/things", TestSite::list)
                .access(Access.PUBLIC)
                .summary("Things")
                .query(ThingListQuery.class)
                .returnsPageOf(Thing.class);
        router.post("/api/v1/things", request -> Response.created("/api/v1/things/1", request.body(ThingInput.class)))
                .access(Access.PUBLIC)
                .body(ThingInput.class)
                .creates(ThingInput.class)
                .problems(DUPLICATE_THING);
        router.get("/api/v1/things/special", _ -> Response.ok(Map.of("special", true)))
                .access(Access.PUBLIC)
                .returns(Map.class);
        router.get("/api/v1/things/{id}", request -> Response.ok(Thing.of(request.pathLong("id"))))
                .access(Access.PUBLIC)
                .returns(Thing.class);
        router.put("/api/v1/things/{id}", request -> {
                    request.ifMatch().require(Thing.of(request.pathLong("id")));
                    return Response.ok(Thing.of(request.pathLong("id")));
                })
                .supportsIfMatch()
                .returns(Thing.class);
        router.patch(
                        "/api/v1/things/{id}",
                        request -> Response.ok(request.patch(ThingInput.class).applyTo(ThingInput.SAMPLE)))
                .access(Access.ADMIN)
                .patch(ThingInput.class)
                .returns(ThingInput.class);
        router.delete("/api/v1/things/{id}", _ -> Response.noContent()).returnsNothing();
        router.get(
                        "/api/v1/things/{id}/parts/{part_id}/{share_token}",
                        request -> Response.ok(List.of(request.pathLong("part_id"))))
                .returns(List.class);
    }

    private static Response list(Request request) {
        ThingListQuery query = request.query(ThingListQuery.class);
        ListCursors cursors = new ListCursors(query, "things");
        long first = Math.max(cursors.startOfLowest(), 0) + query.offset() + 1;
        List<Thing> page = Stream.iterate(first, id -> id + 1)
                .limit(query.limit())
                .takeWhile(id -> id <= query.total())
                .map(Thing::of)
                .toList();
        Long maxRows = query.count().maxRows();
        long counted = maxRows == null ? query.total() : Math.min(maxRows, query.total());
        boolean hasNext = first + query.limit() <= query.total();
        return Response.ok(PagedList.of(
                query, page, counted, hasNext ? cursors.after(page.getLast().id()) : null));
    }

    private static Response stream(Response.Writer writer) {
        return new Response(
                200, Map.of("Content-Disposition", "attachment"), new Body.Stream(writer, "text/csv; charset=utf-8"));
    }

    private static Response fail(String how) {
        return switch (how) {
            case "bug" -> throw new IllegalStateException("secret of the inside");
            case "recursion" -> fail(how);
            case "memory" -> throw new OutOfMemoryError("secret of the inside");
            case "assertion" -> throw new AssertionError("secret of the inside");
            case "database" -> throw new UnsupportedOperationException("secret of the inside");
            case "header" -> Response.ok(Map.of()).with("X-Own", "a\r\nSet-Cookie: b");
            case "object" -> Response.ok(new Unwritable());
            default -> throw ProblemException.notFound("failure", how);
        };
    }

    /** An object whose serialization fails. */
    public record Unwritable() {
        public String getText() {
            throw new IllegalStateException("secret of the inside");
        }
    }

    ClientResponse get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    ClientResponse post(String path, String json) {
        return send("POST", path, json, "Content-Type", "application/json");
    }

    ClientResponse send(String method, String path, String body, String... headers) {
        return send(method, path, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    ClientResponse send(String method, String path, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(
                        method,
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    ClientResponse send(HttpRequest.Builder request) {
        try {
            return new ClientResponse(client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(30_000);
        return socket;
    }

    /** Sends the text and returns all responses. The last request must close the connection. */
    String raw(String text) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Override
    public void close() {
        gate.opened.countDown();
        server.stop(Duration.ofSeconds(5));
        client.close();
    }
}
