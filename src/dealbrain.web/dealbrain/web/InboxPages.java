package dealbrain.web;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.http.ApiCalls;
import dealbrain.http.ApiResult;
import dealbrain.http.Form;
import dealbrain.http.Request;
import dealbrain.http.Response;
import java.util.HashMap;
import java.util.Map;

/** The pages of what others sent: shares, and notifications. */
final class InboxPages {
    private static final String PATH = "/inbox";
    private static final String NEWS = "/api/v1/notifications";

    private final ApiCalls api;
    private final PageFrame frame;

    InboxPages(ApiCalls api, PageFrame frame) {
        this.api = api;
        this.frame = frame;
    }

    void routes(Pages pages) {
        pages.get(PATH, this::show);
        pages.post(PATH + "/notifications/read-all", this::readAll);
        pages.post(PATH + "/notifications/{id}/read", this::read);
        pages.post(PATH + "/notifications/{id}/delete", this::delete);
    }

    private Response show(Request request) {
        Map<String, Object> model = new HashMap<>();
        ApiResult shares = api.get(request, SharePages.SHARES, page(request, "shares"));
        model.put("shares", Rows.of(shares.json(), SharePages::addShare));
        model.put("more_shares", shares.nextCursor().map(QueryString::encoded).orElse(""));
        ApiResult news = api.get(request, NEWS, page(request, "notifications"));
        model.put("unread", news.json().path("unread_count").asInt());
        model.put("notifications", Rows.of(news.json().path("notifications"), InboxPages::addNotification));
        model.put(
                "more_notifications",
                news.nextCursor().map(QueryString::encoded).orElse(""));
        return frame.show(request, new Page("inbox", "Inbox", model));
    }

    /** Each list has a cursor of its own. */
    private static Form page(Request request, String list) {
        Form query = QueryString.with(new Form(Map.of()), "limit", "20");
        return request.parameters()
                .find(list)
                .map(cursor -> QueryString.with(query, "cursor", cursor))
                .orElse(query);
    }

    private static void addNotification(JsonNode notification, Map<String, Object> row) {
        row.put("day", Times.minute(notification.path("created_at")));
        row.put("is_unread", notification.path("read_at").isNull());
    }

    private Response readAll(Request request, Form form) {
        api.post(request, NEWS + "/read-all", null);
        return Pages.redirect(PATH + "#notifications");
    }

    private Response read(Request request, Form form) {
        api.post(request, NEWS + "/" + request.pathLong("id") + "/read", null);
        return Pages.redirect(PATH + "#notifications");
    }

    private Response delete(Request request, Form form) {
        api.delete(request, NEWS + "/" + request.pathLong("id"));
        return Pages.redirect(Notice.DELETED.on(PATH));
    }
}
