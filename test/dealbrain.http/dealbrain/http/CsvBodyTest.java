package dealbrain.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvBodyTest {
    private static final TestSite SITE = TestSite.start();

    @AfterAll
    static void stop() {
        SITE.close();
    }

    private static TestSite.ClientResponse send(String type, String csv) {
        return SITE.send("PUT", "/table", csv, "Content-Type", type);
    }

    private static void assertProblem(int status, String detail, TestSite.ClientResponse response) {
        assertEquals(status, response.status(), response.text());
        assertEquals(detail, response.json().path("detail").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/csv", "Text/CSV; charset=utf-8", "text/csv; header=present; charset=\"UTF-8\""})
    void areCsvInUtf8(String type) {
        TestSite.ClientResponse response = send(type, "\uFEFFname;größe\r\na;1\r\nb;2\r\n");
        assertEquals(200, response.status(), response.text());
        assertEquals("[\"name\",\"größe\"]", response.json().path("header").toString());
        assertEquals(
                "[[\"a\",\"1\"],[\"b\",\"2\"]]", response.json().path("cells").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", "text/csv; charset=windows-1252"})
    void areOfNoOtherMediaType(String type) {
        assertProblem(
                415, "send uncompressed CSV in UTF-8 with the header Content-Type: text/csv", send(type, "name\na\n"));
    }

    @Test
    void areLimited() {
        assertProblem(413, "the body must not be larger than 100 bytes", send("text/csv", "n\n" + "a".repeat(99)));
        TestSite.ClientResponse long3 = send("text/csv", "n\n1\n2\n3\n");
        assertProblem(422, "the file must not have more than 2 rows below its header", long3);
        assertEquals("", long3.json().at("/errors/0/pointer").asText("none"));
    }

    @Test
    void thatAreMalformedAreRefusedWithTheRow() {
        assertProblem(
                400,
                "row 2 has a quotation mark that is not closed, or a text behind a closing quotation mark",
                send("text/csv", "n\n\"a\n"));
    }

    @Test
    void areDescribed() {
        JsonNode operation = SITE.get("/openapi.json").json().at("/paths/~1table/put");
        assertEquals(
                "{\"text/csv\":{\"schema\":{\"type\":\"string\"}}}",
                operation.at("/requestBody/content").toString());
        assertTrue(operation.at("/requestBody/required").asBoolean());
        assertTrue(operation.path("responses").has("413")
                && operation.path("responses").has("415"));
    }
}
