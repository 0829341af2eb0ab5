package dealbrain.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.json.InputSchemas;
import dealbrain.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the server says of itself: the OpenAPI document, a viewer for it, and a page for each kind of problem. */
final class DocumentationHandler {
    private static final Map<String, String> ASSETS = Map.of(
            "swagger-ui.css", "text/css; charset=utf-8",
            "swagger-ui-bundle.js", "text/javascript; charset=utf-8",
            "favicon-32x32.png", "image/png");
    /** The viewer makes styles of its own; scripts come from this server only. */
    private static final String VIEWER_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
                    + "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Router router;
    private final InputSchemas schemas;
    private volatile byte @Nullable [] document;

    DocumentationHandler(Router router, InputSchemas schemas) {
        this.router = router;
        this.schemas = schemas;
    }

    void routes(Router table) {
        table.get("/", _ -> new Response(302, Map.of("Location", "/docs"), new Response.Body.Empty()))
                .access(Access.PUBLIC)
                .summary("Leads to the page of this document")
                .redirects();
        table.get("/openapi.json", _ -> Response.bytes(200, Response.JSON, document()))
                .access(Access.PUBLIC)
                .summary("This document")
                .returns(ObjectNode.class);
        table.get("/docs", _ -> viewer())
                .access(Access.PUBLIC)
                .summary("This document as a page")
                .produces(Response.HTML)
                .returns(String.class);
        table.get("/docs/{asset}", request -> asset(request.pathText("asset")))
                .access(Access.PUBLIC)
                .summary("Parts of the page")
                .produces("text/css", "text/javascript", "image/png")
                .returns(String.class);
        table.get("/problems/{code}", request -> problem(request.pathText("code")))
                .access(Access.PUBLIC)
                .summary("What a problem means")
                .produces(Response.HTML)
                .returns(String.class);
    }

    /** Makes, ahead of the first request for it, what takes long the first time: the schemas of all inputs. */
    void prepare() {
        for (Route route : router.routes()) {
            prepare(route.query());
            prepare(route.body());
        }
    }

    private void prepare(@Nullable Class<?> input) {
        if (input != null) {
            schemas.input(input);
        }
    }

    /** The document, made once, as the table does not change any more. */
    private byte[] document() {
        byte[] made = document;
        if (made == null) {
            synchronized (schemas) {
                made = Json.bytes(OpenApiDocument.of(router.routes(), schemas));
            }
            document = made;
        }
        return made;
    }

    private static Response viewer() {
        return Response.bytes(200, Response.HTML, own("docs.html")).with("Content-Security-Policy", VIEWER_POLICY);
    }

    private static Response asset(String name) {
        if (name.equals("docs.js")) {
            return Response.bytes(200, "text/javascript; charset=utf-8", own(name));
        }
        String mediaType =
                Optional.ofNullable(ASSETS.get(name)).orElseThrow(() -> ProblemException.notFound("file", name));
        return Response.bytes(200, mediaType, viewerFile(name)).with("Cache-Control", "max-age=86400");
    }

    private Response problem(String code) {
        ProblemType type = Stream.concat(
                        Stream.of(ProblemType.COMMON),
                        router.routes().stream().flatMap(route -> route.problems().stream()))
                .filter(each -> each.code().equals(code))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("kind of problem", code));
        String page = new String(own("problem.html"), StandardCharsets.UTF_8)
                .replace("{title}", type.title())
                .replace("{status}", Integer.toString(type.status()))
                .replace("{code}", type.code())
                .replace("{advice}", type.advice());
        return Response.text(200, Response.HTML, page)
                .with(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
    }

    private static byte[] own(String name) {
        return read(DocumentationHandler.class.getResourceAsStream(name), name);
    }

    /** A file of the viewer, from its library; the folder there is named by its version. */
    private static byte[] viewerFile(String name) {
        Properties library = new Properties();
        try (InputStream in =
                ClassLoader.getSystemResourceAsStream("META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
            library.load(Objects.requireNonNull(in, "the library swagger-ui is not on the module path"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String path = "META-INF/resources/webjars/swagger-ui/" + library.getProperty("version") + "/" + name;
        return read(ClassLoader.getSystemResourceAsStream(path), path);
    }

    private static byte[] read(@Nullable InputStream resource, String name) {
        try (InputStream in = Objects.requireNonNull(resource, name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
