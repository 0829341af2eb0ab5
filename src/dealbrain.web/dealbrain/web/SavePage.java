package dealbrain.web;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.accounts.Sessions;
import dealbrain.http.ApiCalls;
import dealbrain.http.Form;
import dealbrain.http.ProblemException;
import dealbrain.http.Request;
import dealbrain.http.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The page that saves what a link leads to: a copy of a collection, or a deal in a collection. Without a session it
 * leads to the sign-in or the sign-up, and back.
 */
final class SavePage {
    static final String PATH = "/save";

    /** The paths of shared pages. */
    private static final Pattern COLLECTION = Pattern.compile("/c/([A-Za-z0-9_-]{1,100})");

    private static final Pattern DEAL = Pattern.compile("/deals/(?<id>\\d{1,18})/[A-Za-z0-9_-]{1,100}");
    private static final Pattern COLLECTION_DEAL = Pattern.compile(COLLECTION + "/deals/(?<id>\\d{1,18})");
    private static final String NEW = "new";
    private static final String DEFAULT_NAME = "My Deals";

    private final ApiCalls api;
    private final Sessions sessions;
    private final PageFrame frame;

    SavePage(ApiCalls api, Sessions sessions, PageFrame frame) {
        this.api = api;
        this.sessions = sessions;
        this.frame = frame;
    }

    void routes(Pages pages) {
        pages.getByAll(PATH, this::show);
        pages.post(PATH, this::save);
    }

    /** Returns the path of this page for a shared page. */
    private static String path(String link) {
        return PATH + "?link=" + URLEncoder.encode(link, StandardCharsets.UTF_8);
    }

    private Response show(Request request) {
        String link = request.parameters().text("link");
        if (!sessions.isIn(request)) {
            String next = URLEncoder.encode(path(link), StandardCharsets.UTF_8);
            return frame.show(request, new Page("save-signed-out", "Save to my collection", Map.of("next", next)));
        }
        return frame.show(request, page(request, link, null));
    }

    /** @param typed null for a form that was not sent yet */
    private Page page(Request request, String link, @Nullable Fields typed) {
        Matcher collection = COLLECTION.matcher(link);
        boolean isCollection = collection.matches();
        String title = isCollection ? nameOf(request, collection) : titleOf(request, deal(link));
        Fields fields = typed == null ? new Fields(new Form(Map.of("name", List.of(title))), FormErrors.NONE) : typed;
        Map<String, Object> model = new HashMap<>();
        model.put("link", link);
        model.put("what", title);
        model.put(
                "fields",
                List.of(
                        isCollection
                                ? fields.text("name", "Name of the copy").required()
                                : fields.choice("collection", "Collection", collections(request))
                                        .required()));
        model.put("errors", fields.errors().rest());
        return new Page("save", "Save to my collection", model);
    }

    private static Matcher deal(String link) {
        Matcher deal = (link.startsWith("/c/") ? COLLECTION_DEAL : DEAL).matcher(link);
        if (!deal.matches()) {
            throw ProblemException.notFound("shared page", link);
        }
        return deal;
    }

    private String nameOf(Request request, Matcher link) {
        return api.get(request, "/api/v1/collections/shared/" + link.group(1) + "?limit=0")
                .json()
                .path("name")
                .asText();
    }

    /** The link must still be valid, or its page throws: the number of a deal alone does not allow to save it. */
    private String titleOf(Request request, Matcher deal) {
        api.get(request, deal.group());
        return api.get(request, "/api/v1/listings/" + deal.group("id"))
                .json()
                .path("title")
                .asText();
    }

    private Map<String, String> collections(Request request) {
        JsonNode own =
                api.get(request, "/api/v1/collections?limit=100&count=none").json();
        Map<String, String> names = new LinkedHashMap<>();
        own.forEach(
                each -> names.put(each.path("id").asText(), each.path("name").asText()));
        names.put(NEW, own.isEmpty() ? DEFAULT_NAME : "A new collection");
        return names;
    }

    private Response save(Request request, Form form) {
        String link = form.text("link");
        try {
            Matcher collection = COLLECTION.matcher(link);
            return collection.matches()
                    ? copy(request, collection.group(1), form)
                    : add(request, deal(link), form.text("collection"));
        } catch (ProblemException e) {
            FormErrors errors = FormErrors.of(e);
            return frame.show(
                    request, page(request, link, new Fields(form, errors)).withStatus(errors.status()));
        }
    }

    private Response copy(Request request, String token, Form form) {
        JsonNode copy = api.post(
                        request, "/api/v1/collections/shared/" + token + "/copy", Map.of("name", form.text("name")))
                .json();
        return Pages.redirect(
                Notice.CREATED.on("/collections/" + copy.path("id").asText()));
    }

    private Response add(Request request, Matcher deal, String chosen) {
        titleOf(request, deal);
        String id = chosen.equals(NEW)
                ? api.post(request, "/api/v1/collections", Map.of("name", DEFAULT_NAME))
                        .json()
                        .path("id")
                        .asText()
                : chosen;
        if (!id.matches("\\d{1,18}")) {
            throw ProblemException.invalid("/collection", "collection must be one of yours");
        }
        api.post(request, "/api/v1/collections/" + id + "/items", Map.of("listing_id", Long.valueOf(deal.group("id"))));
        return Pages.redirect(Notice.ADDED.on("/collections/" + id));
    }
}
