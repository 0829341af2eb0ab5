package dealbrain.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RouterTest {
    private final Router router = new Router();

    @BeforeEach
    void addRoutes() {
        for (String template : List.of(
                "/things",
                "/things/{id}",
                "/things/special",
                "/things/{id}/parts/{part_id}",
                "/things/special/names")) {
            router.get(template, _ -> Response.noContent());
        }
        router.delete("/things/{id}", _ -> Response.noContent());
        router.post("/things/import", _ -> Response.noContent());
    }

    private Router.Match match(String method, String path) {
        return router.match(method, UriDecoder.path(path));
    }

    private String template(String method, String path) {
        return match(method, path).route().template();
    }

    @Nested
    class Match {
        @Test
        void prefersALiteralSegmentToAParameter() {
            assertEquals("/things/special", template("GET", "/things/special"));
            assertEquals("/things/{id}", template("GET", "/things/specia"));
        }

        @Test
        void goesBackToTheParameterIfTheLiteralHasNoRoute() {
            assertEquals("/things/{id}/parts/{part_id}", template("GET", "/things/special/parts/7"));
        }

        @Test
        void returnsTheParameters() {
            assertEquals(
                    Map.of("id", "a/b", "part_id", "7"),
                    match("GET", "/things/a%2Fb/parts/7").parameters());
        }

        @Test
        void returnsTheRouteOfGetForHead() {
            assertEquals("GET", match("HEAD", "/things/1").route().method());
        }

        @Test
        void doesNotIgnoreATrailingSlash() {
            for (String path : List.of("/things/", "/things//", "//things", "/things/1/")) {
                assertFalse(match("GET", path).route().isMatched(), path);
            }
        }

        @Test
        void comparesLiteralsInTheirDecodedForm() {
            assertEquals("/things", template("GET", "/%74hings"));
            assertFalse(match("GET", "/THINGS").route().isMatched());
        }
    }

    @Nested
    class NoMatch {
        private ProblemException problem(String method, String path) {
            return assertThrows(
                    ProblemException.class,
                    () -> match(method, path).route().handler().handle(null));
        }

        @Test
        void isNotFoundIfThePathHasNoRoutes() {
            assertEquals(ProblemType.NOT_FOUND, problem("GET", "/nothing").type());
            assertEquals(
                    ProblemType.NOT_FOUND, problem("OPTIONS", "/things/1/parts").type());
        }

        @Test
        void listsTheAllowedMethods() {
            ProblemException problem = problem("PUT", "/things/1");
            assertEquals(ProblemType.METHOD_NOT_ALLOWED, problem.type());
            assertEquals("DELETE, GET, HEAD, OPTIONS", problem.headers().get("Allow"));
        }

        @Test
        void doesNotMatchALiteralAsAParameter() {
            assertEquals(
                    "OPTIONS, POST",
                    problem("DELETE", "/things/import").headers().get("Allow"));
        }

        @Test
        void isPublic() {
            assertEquals(Access.PUBLIC, match("GET", "/nothing").route().access());
            assertEquals(Access.PUBLIC, match("OPTIONS", "/things").route().access());
        }
    }

    @Nested
    class Add {
        @Test
        void rejectsADuplicateRoute() {
            assertThrows(IllegalStateException.class, () -> router.get("/things/{other}", _ -> Response.noContent()));
        }

        @Test
        void requiresATokenByDefault() {
            assertEquals(
                    Access.READ, router.get("/more", _ -> Response.noContent()).access());
            assertEquals(
                    Access.WRITE,
                    router.post("/more", _ -> Response.noContent()).access());
        }
    }
}
