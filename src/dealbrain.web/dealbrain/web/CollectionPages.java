package dealbrain.web;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.accounts.Sessions;
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

/** The forms to create, change, copy and delete a collection, and its export. */
final class CollectionPages {
    private static final String COLLECTIONS = "/api/v1/collections";

    private final ApiCalls api;
    private final Sessions sessions;
    private final PageFrame frame;

    CollectionPages(ApiCalls api, Sessions sessions, PageFrame frame) {
        this.api = api;
        this.sessions = sessions;
        this.frame = frame;
    }

    void routes(Pages pages) {
        pages.get("/collections/new", request -> frame.show(request, create(Fields.EMPTY)));
        pages.post("/collections/new", this::create);
        pages.get(WorkspacePage.PATH + "/edit", this::edit);
        pages.post(WorkspacePage.PATH + "/edit", this::save);
        pages.get(WorkspacePage.PATH + "/copy", request -> frame.show(request, copyForm(request, null)));
        pages.post(WorkspacePage.PATH + "/copy", this::copy);
        pages.get(WorkspacePage.PATH + "/delete", this::askToDelete);
        pages.post(WorkspacePage.PATH + "/delete", this::delete);
        pages.get(WorkspacePage.PATH + "/export", this::export);
    }

    private static String path(JsonNode collection) {
        return "/collections/" + collection.path("id").asText();
    }

    /** Returns a page of the template {@code collection-form}. */
    private static Page page(
            String heading, String action, String back, String button, List<Field> all, Fields fields) {
        Map<String, Object> model = new HashMap<>();
        model.put("heading", heading);
        model.put("action", action);
        model.put("back", back);
        model.put("button", button);
        model.put("tag", fields.typed().text("tag"));
        model.put("fields", all);
        model.put("errors", fields.errors().rest());
        return new Page("collection-form", heading, model);
    }

    private static List<Field> fields(Fields fields) {
        Map<String, String> visibility = new LinkedHashMap<>();
        visibility.put("private", "Private: only you");
        visibility.put("unlisted", "Unlisted: you, and everybody who has a link");
        visibility.put("public", "Public: everybody can find it");
        return List.of(
                fields.text("name", "Name").required(),
                fields.lines("description", "Description"),
                fields.choice("visibility", "Who can see it", visibility)
                        .required()
                        .hint("Making it private ends its links for good."));
    }

    private static Map<String, @Nullable Object> input(Form form) {
        Map<String, @Nullable Object> input = new HashMap<>();
        input.put("name", form.text("name"));
        input.put("description", form.find("description").orElse(null));
        input.put("visibility", form.text("visibility"));
        return input;
    }

    private static Page create(Fields fields) {
        return page("New collection", "/collections/new", "/", "Create", fields(fields), fields);
    }

    private Response create(Request request, Form form) {
        try {
            JsonNode created = api.post(request, COLLECTIONS, input(form)).json();
            return Pages.redirect(Notice.CREATED.on(path(created)));
        } catch (ProblemException e) {
            return frame.show(
                    request, create(new Fields(form, FormErrors.of(e))).withStatus(status(e)));
        }
    }

    private static int status(ProblemException e) {
        return FormErrors.of(e).status();
    }

    /** Returns a collection of the user, without its items. */
    private ApiResult own(Request request) {
        ApiResult result = api.get(request, WorkspacePage.api(request) + "?limit=0");
        if (result.json().path("user_id").asLong() != sessions.user(request).id()) {
            throw ProblemException.forbidden("the collection belongs to another user");
        }
        return result;
    }

    private Response edit(Request request) {
        ApiResult stored = own(request);
        JsonNode collection = stored.json();
        Form values = new Form(Map.of(
                "name", List.of(collection.path("name").asText()),
                "description", List.of(collection.path("description").asText("")),
                "visibility", List.of(collection.path("visibility").asText()),
                "tag", List.of(stored.tag())));
        return frame.show(request, edit(request, new Fields(values, FormErrors.NONE)));
    }

    private static Page edit(Request request, Fields fields) {
        String path = "/collections/" + request.pathLong("id");
        return page("Edit the collection", path + "/edit", path, "Save", fields(fields), fields);
    }

    private Response save(Request request, Form form) {
        try {
            JsonNode saved = api.patch(request, WorkspacePage.api(request), input(form), form.text("tag"))
                    .json();
            return Pages.redirect(Notice.SAVED.on(path(saved)));
        } catch (ProblemException e) {
            return frame.show(
                    request, edit(request, new Fields(form, FormErrors.of(e))).withStatus(status(e)));
        }
    }

    /** @param typed null to begin with the name of the source */
    private Page copyForm(Request request, @Nullable Fields typed) {
        JsonNode source =
                api.get(request, WorkspacePage.api(request) + "?limit=0").json();
        Fields fields = typed == null
                ? new Fields(new Form(Map.of("name", List.of(source.path("name").asText()))), FormErrors.NONE)
                : typed;
        List<Field> all = List.of(fields.text("name", "Name of the copy")
                .required()
                .hint("The copy is private, and has the deals in the same order."));
        return page("Copy the collection", path(source) + "/copy", path(source), "Copy", all, fields);
    }

    private Response copy(Request request, Form form) {
        try {
            JsonNode copy = api.post(request, WorkspacePage.api(request) + "/copy", Map.of("name", form.text("name")))
                    .json();
            return Pages.redirect(Notice.CREATED.on(path(copy)));
        } catch (ProblemException e) {
            return frame.show(
                    request,
                    copyForm(request, new Fields(form, FormErrors.of(e))).withStatus(status(e)));
        }
    }

    private Response askToDelete(Request request) {
        JsonNode collection = own(request).json();
        Map<String, Object> model = Rows.of(collection);
        model.put("deals", Texts.count(collection.path("item_count").asInt(), "deal"));
        return frame.show(request, new Page("collection-delete", "Delete the collection", model));
    }

    private Response delete(Request request, Form form) {
        api.delete(request, WorkspacePage.api(request));
        return Pages.redirect(Notice.DELETED.on("/"));
    }

    private Response export(Request request) {
        return api.download(request, WorkspacePage.api(request) + "/export", request.parameters())
                .with("Cache-Control", "private, no-store");
    }
}
