package dealbrain.web;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.http.ApiCalls;
import dealbrain.http.Form;
import dealbrain.http.ProblemException;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.json.Json;
import dealbrain.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The page that imports deals from a pasted file: a collection as JSON, or a table as CSV, as the exports of this or
 * another server.
 */
final class ImportPage {
    private static final String PATH = "/collections/import";
    private static final String NEW = "";
    private static final int MAX_BYTES = 4 << 20;

    private final ApiCalls api;
    private final PageFrame frame;

    ImportPage(ApiCalls api, PageFrame frame) {
        this.api = api;
        this.frame = frame;
    }

    void routes(Pages pages) {
        pages.get(
                PATH, request -> frame.show(request, page(request, new Fields(request.parameters(), FormErrors.NONE))));
        pages.post(PATH, MAX_BYTES, this::importFile);
    }

    private Page page(Request request, Fields fields) {
        List<Field> all = List.of(
                fields.lines("file", "JSON or CSV")
                        .required()
                        .hint("The content of an exported file. CSV needs the header of the export of deals."),
                fields.choice("collection_id", "Into the collection", collections(request))
                        .required());
        return new Page(
                "import",
                "Import deals",
                Map.of("fields", all, "errors", fields.errors().rest()));
    }

    private Map<String, String> collections(Request request) {
        JsonNode own =
                api.get(request, "/api/v1/collections?limit=100&count=none").json();
        Map<String, String> names = new LinkedHashMap<>();
        names.put(NEW, "A new one");
        own.forEach(
                each -> names.put(each.path("id").asText(), each.path("name").asText()));
        return names;
    }

    private Response importFile(Request request, Form form) {
        try {
            String file = form.text("file");
            String collection = form.text("collection_id");
            if (!collection.matches("\\d{0,18}")) {
                throw ProblemException.invalid("/collection_id", "collection_id must be one of your collections");
            }
            String id =
                    file.startsWith("{") ? importJson(request, file, collection) : importCsv(request, file, collection);
            return Pages.redirect(Notice.IMPORTED.on("/collections/" + id));
        } catch (ProblemException e) {
            FormErrors errors = FormErrors.of(e);
            return frame.show(request, page(request, new Fields(form, errors)).withStatus(errors.status()));
        }
    }

    private String importJson(Request request, String file, String collection) {
        String query = collection.isEmpty() ? "" : "?collection_id=" + collection;
        return api.post(request, "/api/v1/collections/import" + query, parsed(file))
                .json()
                .path("id")
                .asText();
    }

    /** Creates and changes the listings, and adds them to the collection in the order of the rows. */
    private String importCsv(Request request, String file, String collection) {
        JsonNode report = api.post(request, "/api/v1/listings/import", file).json();
        List<Long> listings = new ArrayList<>();
        report.path("rows").forEach(row -> listings.add(row.path("id").asLong()));
        String id = collection.isEmpty()
                ? api.post(request, "/api/v1/collections", Map.of("name", "Imported deals"))
                        .json()
                        .path("id")
                        .asText()
                : collection;
        api.post(request, "/api/v1/collections/" + id + "/items/bulk", Map.of("listing_ids", listings));
        return id;
    }

    private static JsonNode parsed(String file) {
        try {
            return Json.parse(file.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJsonException e) {
            throw ProblemException.invalid("/file", String.valueOf(e.getMessage()));
        }
    }
}
