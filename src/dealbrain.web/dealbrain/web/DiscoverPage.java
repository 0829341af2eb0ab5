package dealbrain.web;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.http.ApiCalls;
import dealbrain.http.ApiResult;
import dealbrain.http.Form;
import dealbrain.http.Request;
import dealbrain.http.Response;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The page that finds public collections, for everyone. */
final class DiscoverPage {
    private static final String PATH = "/discover";

    private final ApiCalls api;
    private final PageFrame frame;

    DiscoverPage(ApiCalls api, PageFrame frame) {
        this.api = api;
        this.frame = frame;
    }

    void routes(Pages pages) {
        pages.getByAll(PATH, this::show);
        pages.post(PATH + "/{id}/copy", this::copy);
    }

    private Response show(Request request) {
        Form query = QueryString.only(request.parameters(), "q", "sort", "cursor");
        ApiResult found = api.get(request, "/api/v1/collections/discover", QueryString.with(query, "limit", "24"));
        Map<String, Object> model = new HashMap<>();
        Map<String, String> orders = new LinkedHashMap<>();
        orders.put("recent", "Newest first");
        orders.put("popular", "Most viewed first");
        model.put("q", query.text("q"));
        model.put("order", new Fields(query, FormErrors.NONE).choice("sort", "Order", orders));
        model.put("collections", Rows.of(found.json(), DiscoverPage::addCollection));
        model.put(
                "more",
                found.nextCursor()
                        .map(cursor -> QueryString.of(QueryString.with(query, "cursor", cursor)))
                        .orElse(""));
        return frame.show(request, new Page("discover", "Public collections", model).indexed());
    }

    private static void addCollection(JsonNode collection, Map<String, Object> row) {
        row.put("deals", StartPage.deals(collection));
        row.put("day", Times.day(collection.path("updated_at")));
        int views = collection.path("view_count").asInt();
        row.put("views", views == 1 ? "1 view" : views + " views");
    }

    private Response copy(Request request, Form form) {
        JsonNode copy = api.post(request, "/api/v1/collections/" + request.pathLong("id") + "/copy", Map.of())
                .json();
        return Pages.redirect(Notice.COPIED.on("/collections/" + copy.path("id").asText()));
    }
}
