package dealbrain.web;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.accounts.Sessions;
import dealbrain.http.ApiCalls;
import dealbrain.http.Request;
import dealbrain.http.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The start page: what dealbrain is, or for people who are signed in, what is new and their collections. */
final class StartPage {
    private final ApiCalls api;
    private final Sessions sessions;
    private final PageFrame frame;

    StartPage(ApiCalls api, Sessions sessions, PageFrame frame) {
        this.api = api;
        this.sessions = sessions;
        this.frame = frame;
    }

    void routes(Pages pages) {
        pages.getByAll("/", this::show);
    }

    private Response show(Request request) {
        if (!sessions.isIn(request)) {
            return frame.show(request, welcome(request).indexed());
        }
        return sessions.needsPassword(request)
                ? Pages.redirect(PasswordPage.PATH)
                : frame.show(request, new Page("home", "Home", home(request)));
    }

    private Page welcome(Request request) {
        JsonNode collections = api.get(request, "/api/v1/collections/discover?sort=popular&limit=6&count=none")
                .json();
        return new Page(
                "welcome",
                "Find the best deal on a PC",
                Map.of("collections", Rows.of(collections, (collection, row) -> row.put("deals", deals(collection)))));
    }

    private Map<String, Object> home(Request request) {
        Map<String, Object> model = new HashMap<>();
        JsonNode shares = api.get(request, "/api/v1/user-shares?filter=unviewed&limit=5&count=none")
                .json();
        model.put("shares", Rows.of(shares, SharePages::addShare));
        JsonNode news = api.get(request, "/api/v1/notifications?unread_only=true&limit=5")
                .json();
        model.put(
                "notifications",
                Rows.of(news.path("notifications"), (each, row) -> row.put("day", Times.day(each.path("created_at")))));
        JsonNode collections =
                api.get(request, "/api/v1/collections?limit=50&count=none").json();
        List<Map<String, Object>> rows = Rows.of(collections, (collection, row) -> {
            row.put("deals", deals(collection));
            row.put("day", Times.day(collection.path("updated_at")));
        });
        model.put("collections", rows);
        return model;
    }

    static String deals(JsonNode collection) {
        int count = collection.path("item_count").asInt();
        return count == 1 ? "1 deal" : count + " deals";
    }
}
