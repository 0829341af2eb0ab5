package dealbrain.web;

import dealbrain.accounts.Sessions;
import dealbrain.collections.DealCollection;
import dealbrain.http.ApiCalls;
import dealbrain.http.ApiResult;
import dealbrain.http.Form;
import dealbrain.http.ProblemException;
import dealbrain.http.ProblemType;
import dealbrain.http.Request;
import dealbrain.http.Response;
import java.util.Map;

/**
 * The page of a collection: for its owner the workspace, in which deals are compared and decided about; for others, if
 * it is public, the same table without the owner's decisions.
 */
final class WorkspacePage {
    /** The number of items that are compared, which is the limit of the API. */
    static final int MAX = 1000;

    static final String PATH = "/collections/{id}";

    private final ApiCalls api;
    private final Sessions sessions;
    private final PageFrame frame;
    private final Workspace workspace;

    WorkspacePage(ApiCalls api, Sessions sessions, PageFrame frame, Workspace workspace) {
        this.api = api;
        this.sessions = sessions;
        this.frame = frame;
        this.workspace = workspace;
    }

    void routes(Pages pages) {
        pages.getByAll(PATH, this::show);
        pages.post(PATH + "/items", this::change);
    }

    /** Returns the path of the API for the collection of a request. */
    static String api(Request request) {
        return "/api/v1/collections/" + request.pathLong("id");
    }

    private Response show(Request request) {
        long id = request.pathLong("id");
        ApiResult result = find(request);
        DealCollection collection = workspace.collection(id, result);
        boolean isOwner = sessions.isIn(request)
                && collection.userId() == sessions.user(request).id();
        Map<String, Object> model = frame.model(request, collection.name());
        model.put("owner_name", isOwner ? "" : ownerName(request));
        return frame.show(workspace.page(id, result, isOwner, model, request.parameters()));
    }

    private String ownerName(Request request) {
        return api.get(request, "/api/v1/collections/public/" + request.pathLong("id") + "?limit=0")
                .json()
                .path("owner_name")
                .asText();
    }

    /** Without a session, a collection that is not public may be one's own: the page leads to the sign-in. */
    private ApiResult find(Request request) {
        try {
            return api.get(request, api(request) + "?limit=" + MAX);
        } catch (ProblemException e) {
            boolean isUnknown = e.type().equals(ProblemType.NOT_FOUND);
            throw isUnknown && !sessions.isIn(request)
                    ? ProblemException.unauthorized("sign in to see your collections")
                    : e;
        }
    }

    /**
     * Processes the buttons of a row. The value of the button names the change, the item and its new value, such as
     * {@code status:17:rejected}.
     */
    private Response change(Request request, Form form) {
        String[] parts = form.text("do").split(":", -1);
        if (parts.length != 3 || !parts[1].matches("\\d{1,18}")) {
            throw ProblemException.malformed("the form must name a change");
        }
        Object value =
                parts[0].equals("position") && parts[2].matches("\\d{1,9}") ? Integer.valueOf(parts[2]) : parts[2];
        api.patch(request, api(request) + "/items/" + parts[1], Map.of(parts[0], value));
        String query = form.text("query");
        String path = "/collections/" + request.pathLong("id") + (query.isEmpty() ? "" : "?" + query);
        return Pages.redirect(LocalPath.of(path) + "#i" + parts[1]);
    }
}
