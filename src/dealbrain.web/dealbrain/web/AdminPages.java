package dealbrain.web;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.http.ApiCalls;
import dealbrain.http.ApiResult;
import dealbrain.http.Form;
import dealbrain.http.ProblemException;
import dealbrain.http.Request;
import dealbrain.http.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The pages of administrators for invitations and the audit log. */
final class AdminPages {
    private static final String PATH = "/admin/invites";
    private static final String INVITES = "/api/v1/invites";

    private final ApiCalls api;
    private final PageFrame frame;

    AdminPages(ApiCalls api, PageFrame frame) {
        this.api = api;
        this.frame = frame;
    }

    void routes(Pages pages) {
        pages.get(PATH, request -> frame.show(request, invites(request, beginning(), "")));
        pages.post(PATH, this::invite);
        pages.post(PATH + "/{id}/delete", this::deleteInvite);
        pages.get("/admin/audit", this::audit);
    }

    private static Fields beginning() {
        return new Fields(new Form(Map.of("expires_in_days", List.of("7"))), FormErrors.NONE);
    }

    /** @param link the link of the invitation that was just created; empty for none */
    private Page invites(Request request, Fields fields, String link) {
        Form query = QueryString.with(QueryString.only(request.parameters(), "cursor"), "limit", "50");
        ApiResult invites = api.get(request, INVITES, query);
        Map<String, Object> model = new HashMap<>();
        model.put("link", link);
        model.put(
                "fields",
                List.of(
                        fields.text("note", "For whom").hint("Only administrators see this."),
                        fields.ofType("number", "expires_in_days", "Days until it expires")
                                .required()));
        model.put("errors", fields.errors().rest());
        model.put("invites", Rows.of(invites.json(), AdminPages::addInvite));
        model.put("more", invites.nextCursor().map(QueryString::encoded).orElse(""));
        return new Page("invites", "Invitations", model);
    }

    private static void addInvite(JsonNode invite, Map<String, Object> row) {
        row.put("created", Times.day(invite.path("created_at")));
        row.put("expires", Times.day(invite.path("expires_at")));
        row.put("used", Times.day(invite.path("used_at")));
        row.put("note", invite.path("note").asText("Without a note"));
    }

    /** The code is in this response only: a redirect would have to store it. */
    private Response invite(Request request, Form form) {
        try {
            Map<String, Object> input = new HashMap<>();
            form.find("note").ifPresent(note -> input.put("note", note));
            input.put("expires_in_days", Numbers.integer(form.text("expires_in_days")));
            String code = api.post(request, INVITES, input).json().path("code").asText();
            String link = request.publicUrl().absolute("/sign-up?invite=" + QueryString.encoded(code));
            return frame.show(request, invites(request, beginning(), link));
        } catch (ProblemException e) {
            FormErrors errors = FormErrors.of(e);
            return frame.show(
                    request, invites(request, new Fields(form, errors), "").withStatus(errors.status()));
        }
    }

    private Response deleteInvite(Request request, Form form) {
        api.delete(request, INVITES + "/" + request.pathLong("id"));
        return Pages.redirect(Notice.DELETED.on(PATH));
    }

    private Response audit(Request request) {
        Form query = QueryString.only(request.parameters(), "user", "action", "cursor");
        ApiResult entries = api.get(request, "/api/v1/ops/audit", QueryString.with(query, "limit", "50"));
        Map<String, Object> model = new HashMap<>();
        model.put("asked_user", query.text("user"));
        model.put("entries", Rows.of(entries.json(), AdminPages::addEntry));
        model.put(
                "more",
                entries.nextCursor()
                        .map(cursor -> QueryString.of(QueryString.with(query, "cursor", cursor)))
                        .orElse(""));
        return frame.show(request, new Page("audit", "Audit log", model));
    }

    private static void addEntry(JsonNode entry, Map<String, Object> row) {
        row.put("at", Times.minute(entry.path("last_at")));
        row.put("what", entry.path("action").asText().replace('_', ' '));
        String target = entry.path("target_name").asText("");
        row.put(
                "target",
                entry.path("target_kind").asText()
                        + (target.isEmpty() ? "" : " " + target)
                        + (target.isEmpty() && entry.path("target_id").isNumber()
                                ? " " + entry.path("target_id").asText()
                                : ""));
        int occurrences = entry.path("occurrences").asInt(1);
        row.put("times", occurrences > 1 ? occurrences + " times" : "");
    }
}
