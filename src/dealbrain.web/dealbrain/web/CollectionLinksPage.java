package dealbrain.web;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.http.ApiCalls;
import dealbrain.http.Form;
import dealbrain.http.ProblemException;
import dealbrain.http.Request;
import dealbrain.http.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The page with the links to a collection: create one, and end one. */
final class CollectionLinksPage {
    private static final String PATH = WorkspacePage.PATH + "/share";
    private static final Form HALF_A_YEAR = new Form(Map.of("expires_in_days", List.of("180")));

    private final ApiCalls api;
    private final PageFrame frame;

    CollectionLinksPage(ApiCalls api, PageFrame frame) {
        this.api = api;
        this.frame = frame;
    }

    void routes(Pages pages) {
        pages.get(PATH, request -> frame.show(request, page(request, new Fields(HALF_A_YEAR, FormErrors.NONE))));
        pages.post(PATH, this::create);
        pages.post(PATH + "/{token_id}/delete", this::delete);
    }

    private static String path(Request request) {
        return "/collections/" + request.pathLong("id") + "/share";
    }

    private static String tokens(Request request) {
        return WorkspacePage.api(request) + "/share-tokens";
    }

    private Page page(Request request, Fields fields) {
        JsonNode links =
                api.get(request, tokens(request) + "?limit=100&count=none").json();
        JsonNode collection =
                api.get(request, WorkspacePage.api(request) + "?limit=0").json();
        Map<String, Object> model = Rows.of(collection);
        model.put("is_private", collection.path("visibility").asText().equals("private"));
        model.put(
                "fields",
                List.of(fields.ofType("number", "expires_in_days", "Days until it expires")
                        .hint("0: it does not expire.")));
        model.put("errors", fields.errors().rest());
        model.put("links", Rows.of(links, (link, row) -> {
            row.put("until", Times.day(link.path("expires_at")));
            row.put("since", Times.day(link.path("created_at")));
        }));
        return new Page("collection-links", "Share the collection", model);
    }

    private Response create(Request request, Form form) {
        Map<String, Object> input = new HashMap<>();
        form.find("expires_in_days").ifPresent(days -> input.put("expires_in_days", number(days)));
        try {
            api.post(request, tokens(request), input);
            return Pages.redirect(Notice.COLLECTION_SHARED.on(path(request)));
        } catch (ProblemException e) {
            FormErrors errors = FormErrors.of(e);
            return frame.show(request, page(request, new Fields(form, errors)).withStatus(errors.status()));
        }
    }

    /** Returns the number; a text that is none as it is, for its error. */
    private static Object number(String text) {
        return text.matches("-?\\d{1,9}") ? (Object) Integer.valueOf(text) : text;
    }

    private Response delete(Request request, Form form) {
        api.delete(request, tokens(request) + "/" + request.pathLong("token_id"));
        return Pages.redirect(Notice.LINK_ENDED.on(path(request)));
    }
}
