package dealbrain.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.json.InputSchemas;
import dealbrain.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The endpoints of the API documentation: the OpenAPI document, Swagger UI, and a page for each problem type. */
final class DocumentationHandler {
    /** Our own files, which may have addresses of this server. */
    private static final Map<String, String> PAGE_ASSETS = Map.of(
            "docs.css", "text/css; charset=utf-8",
            "docs.js", "text/javascript; charset=utf-8");

    private static final Map<String, String> ASSETS = Map.of(
            "swagger-ui.css", "text/css; charset=utf-8",
            "swagger-ui-bundle.js", "text/javascript; charset=utf-8",
            "favicon-32x32.png", "image/png");
    private static final Pattern PROBLEM_CODE = Pattern.compile("[A-Za-z0-9-]+");

    /** Swagger UI creates inline styles; scripts are loaded from this server only. */
    private static final String VIEWER_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
                    + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Router router;
    private final InputSchemas schemas;
    private final ApiDescription api;
    private final PublicUrl publicUrl;
    private volatile byte @Nullable [] document;

    DocumentationHandler(Router router, InputSchemas schemas, ServerOptions options) {
        this.router = router;
        this.schemas = schemas;
        this.api = options.api();
        this.publicUrl = options.publicUrl();
    }

    void routes(Router table) {
        if (table.find("GET", "/").isEmpty()) { // the router has no start page
            table.get("/", _ -> new Response(302, Map.of("Location", "/docs"), new Response.Body.Empty()))
                    .access(Access.PUBLIC)
                    .operation("redirectToDocs")
                    .linked()
                    .summary("Redirects to the API documentation")
                    .redirects();
        }
        table.get("/openapi.json", _ -> Response.bytes(200, Response.JSON, document()))
                .access(Access.PUBLIC)
                .operation("getOpenApiDocument")
                .linked()
                .summary("This document")
                .returns(ObjectNode.class);
        table.get("/docs", _ -> viewer())
                .access(Access.PUBLIC)
                .operation("getDocs")
                .linked()
                .summary("This document in Swagger UI")
                .produces(Response.HTML)
                .returns(String.class);
        table.get("/docs/{asset}", request -> asset(request.pathText("asset")))
                .access(Access.PUBLIC)
                .operation("getDocsAsset")
                .linked()
                .summary("The files of Swagger UI")
                .produces("text/css", "text/javascript", "image/png")
                .returns(String.class);
        table.get("/problems/{code}", request -> problem(request.pathText("code")))
                .access(Access.PUBLIC)
                .operation("getProblemType")
                .linked(PROBLEM_CODE)
                .summary("The description of a problem type")
                .produces(Response.HTML)
                .returns(String.class);
    }

    /** Generates the schemas of all inputs, which takes too long for the first request. */
    void generateSchemas() {
        for (Route route : router.routes()) {
            generateSchema(route.query());
            generateSchema(route.body());
        }
    }

    private void generateSchema(@Nullable Class<?> input) {
        if (input != null) {
            schemas.input(input);
        }
    }

    /** Generates the document at the first call. */
    private byte[] document() {
        byte[] known = document;
        if (known == null) {
            known = Json.bytes(OpenApiDocument.of(api, documented(), schemas));
            document = known;
        }
        return known;
    }

    private List<Route> documented() {
        return router.routes().stream().filter(route -> !route.isForPeople()).toList();
    }

    private Response viewer() {
        return Response.text(200, Response.HTML, page("docs.html").replace("{title}", api.title()))
                .with("Content-Security-Policy", VIEWER_POLICY);
    }

    private Response asset(String name) {
        String own = PAGE_ASSETS.get(name);
        if (own != null) {
            return Response.text(200, own, page(name));
        }
        String mediaType =
                Optional.ofNullable(ASSETS.get(name)).orElseThrow(() -> ProblemException.notFound("file", name));
        return Response.bytes(200, mediaType, swaggerUiFile(name)).with("Cache-Control", "max-age=86400");
    }

    private Response problem(String code) {
        ProblemType type = Stream.of(
                        Stream.of(ProblemType.COMMON),
                        api.ofTokens().stream(),
                        router.routes().stream().flatMap(route -> route.problems().stream()))
                .flatMap(each -> each)
                .filter(each -> each.code().equals(code))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("problem type", code));
        return ProblemPage.of(type, advice(type), publicUrl);
    }

    private String advice(ProblemType type) {
        return type.equals(ProblemType.UNAUTHORIZED) ? type.advice() + " " + api.tokenHelp() : type.advice();
    }

    /** Returns a file with the addresses of this server in it. */
    private String page(String name) {
        return Resources.text(name).replace("{base}", publicUrl.relative(""));
    }

    /** Returns a file of the Swagger UI library, whose folder is named after its version. */
    private static byte[] swaggerUiFile(String name) {
        Properties library = new Properties();
        try (InputStream in =
                ClassLoader.getSystemResourceAsStream("META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
            library.load(Objects.requireNonNull(in, "the library swagger-ui is not on the module path"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String path = "META-INF/resources/webjars/swagger-ui/" + library.getProperty("version") + "/" + name;
        return Resources.read(ClassLoader.getSystemResourceAsStream(path), path);
    }
}
