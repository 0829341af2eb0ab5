package dealbrain.web;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.http.ApiCalls;
import dealbrain.http.ApiResult;
import dealbrain.http.Form;
import dealbrain.http.ProblemException;
import dealbrain.http.Request;
import dealbrain.http.Response;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The page of a deal in a collection: the owner's state, note and position of it, and sending it to another user. */
final class ItemPage {
    private static final String PATH = WorkspacePage.PATH + "/items/{item_id}";

    private final ApiCalls api;
    private final PageFrame frame;

    ItemPage(ApiCalls api, PageFrame frame) {
        this.api = api;
        this.frame = frame;
    }

    void routes(Pages pages) {
        pages.get(PATH, request -> show(request, null, null, null));
        pages.post(PATH, this::save);
        pages.post(PATH + "/delete", this::delete);
        pages.post(PATH + "/send", this::send);
    }

    private static String path(Request request) {
        return "/collections/" + request.pathLong("id") + "/items/" + request.pathLong("item_id");
    }

    private static String apiPath(Request request) {
        return "/api/v1" + path(request);
    }

    /** Shows the item, with what was typed into one of the forms if it has errors. */
    private Response show(
            Request request, @Nullable Form typed, @Nullable Form sent, @Nullable ProblemException problem) {
        ApiResult result = api.get(request, apiPath(request));
        JsonNode item = result.json();
        if (item.path("status").isNull()) { // the item of another user's public collection
            throw ProblemException.notFound("item", request.pathLong("item_id"));
        }
        FormErrors none = FormErrors.NONE;
        FormErrors errors = problem == null ? none : FormErrors.of(problem);
        Fields fields = new Fields(typed == null ? stored(item) : typed, typed == null ? none : errors);
        Fields message = new Fields(sent == null ? Fields.EMPTY.typed() : sent, sent == null ? none : errors);
        Map<String, Object> model = new HashMap<>();
        model.put("action", path(request));
        model.put("collection", item.path("collection_id").asText());
        model.put("title_of_deal", item.at("/listing/title").asText());
        model.put("tag", typed == null ? result.tag() : typed.text("tag"));
        model.put("fields", fields(fields));
        model.put("send_fields", sendFields(message));
        model.put("sending", sent != null);
        model.put("listing", item.path("listing_id").asText());
        model.put("errors", errors == none ? "" : errors.rest());
        return frame.show(
                request,
                new Page("item", item.at("/listing/title").asText(), model)
                        .withStatus(problem == null ? 200 : errors.status()));
    }

    private static Form stored(JsonNode item) {
        return new Form(Map.of(
                "status", List.of(item.path("status").asText()),
                "notes", List.of(item.path("notes").asText("")),
                "position", List.of(String.valueOf(item.path("position").asInt() + 1))));
    }

    private static List<Field> fields(Fields fields) {
        Map<String, String> states = new LinkedHashMap<>();
        states.put("undecided", "Undecided");
        states.put("shortlisted", "Shortlisted");
        states.put("rejected", "Rejected");
        states.put("bought", "Bought");
        return List.of(
                fields.choice("status", "State", states).required(),
                fields.lines("notes", "Note").hint("Only you see it. Up to 500 characters."),
                fields.ofType("number", "position", "Place in the collection")
                        .required()
                        .hint("1 is the first."));
    }

    private static List<Field> sendFields(Fields fields) {
        return List.of(
                fields.text("recipient_username", "To the user").required().hint("The username."),
                fields.lines("message", "Message"));
    }

    private Response save(Request request, Form form) {
        Map<String, @Nullable Object> change = new HashMap<>();
        change.put("status", form.text("status"));
        change.put("notes", form.find("notes").orElse(null));
        change.put("position", position(form.text("position")));
        try {
            api.patch(request, apiPath(request), change, form.text("tag"));
            return Pages.redirect(
                    Notice.SAVED.on("/collections/" + request.pathLong("id")) + "#i" + request.pathLong("item_id"));
        } catch (ProblemException e) {
            return show(request, form, null, e);
        }
    }

    /** Returns the position of the API, which starts with 0; a text that is no number as it is, for its error. */
    private static Object position(String text) {
        return text.matches("-?\\d{1,9}") ? (Object) (Integer.parseInt(text) - 1) : text;
    }

    private Response delete(Request request, Form form) {
        api.delete(request, apiPath(request));
        return Pages.redirect(Notice.REMOVED.on("/collections/" + request.pathLong("id")));
    }

    private Response send(Request request, Form form) {
        Map<String, Object> share = new HashMap<>();
        share.put("recipient_username", form.text("recipient_username"));
        form.find("message").ifPresent(message -> share.put("message", message));
        try {
            long listing =
                    api.get(request, apiPath(request)).json().path("listing_id").asLong();
            share.put("listing_id", listing);
            api.post(request, "/api/v1/user-shares", share);
            return Pages.redirect(Notice.SENT.on(path(request)));
        } catch (ProblemException e) {
            return show(request, null, form, e);
        }
    }
}
