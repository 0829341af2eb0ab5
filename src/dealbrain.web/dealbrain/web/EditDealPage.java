package dealbrain.web;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.accounts.Sessions;
import dealbrain.http.ApiCalls;
import dealbrain.http.ApiResult;
import dealbrain.http.Form;
import dealbrain.http.ProblemException;
import dealbrain.http.ProblemType;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.listings.Listing;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The page to change a deal. A change that was made since the form was opened is not overwritten: the form comes back
 * with the stored values beside those that were typed.
 */
final class EditDealPage {
    /** The entity tag of the deal when the form was made. */
    private static final String VERSION = "version";

    private static final String CHANGED_MEANWHILE = "This deal was changed since you opened the form. The fields that"
            + " differ say what is stored now. Save again to replace it by what you typed.";

    private final ApiCalls api;
    private final Sessions sessions;
    private final PageFrame frame;

    EditDealPage(ApiCalls api, Sessions sessions, PageFrame frame) {
        this.api = api;
        this.sessions = sessions;
        this.frame = frame;
    }

    void routes(Pages pages) {
        pages.get("/deals/{id}/edit", this::show);
        pages.post("/deals/{id}", this::save);
    }

    /** A deal as it is stored, as the values of the form and with its entity tag. */
    private record Stored(Form form, String tag) {}

    private Stored stored(Request request) {
        ApiResult result = api.get(request, DealPage.apiPath(request));
        Listing listing = result.value(Listing.class);
        if (!DealPage.mayChange(sessions, request, listing)) {
            throw ProblemException.forbidden("listing " + listing.id() + " belongs to another user");
        }
        JsonNode json = result.json();
        return new Stored(DealForm.of(json), result.tag());
    }

    private Response show(Request request) {
        Stored stored = stored(request);
        return page(request, new Fields(stored.form(), FormErrors.NONE), Map.of(), stored.tag(), "", 200);
    }

    private Response page(
            Request request, Fields fields, Map<String, String> hints, String tag, String summary, int status) {
        Map<String, Object> model = new HashMap<>();
        DealForm.show(fields, hints, model);
        model.put("id", request.pathLong("id"));
        model.put(VERSION, tag);
        model.put("errors", summary + fields.errors().rest());
        return frame.show(request, new Page("edit-deal", "Edit a deal", model).withStatus(status));
    }

    private Response save(Request request, Form form) {
        Stored stored = stored(request);
        if (!form.text(VERSION).equals(stored.tag())) {
            return changedMeanwhile(request, form, stored);
        }
        Map<String, @Nullable Object> changes = DealForm.changes(form, stored.form());
        try {
            if (!changes.isEmpty()) {
                api.patch(request, DealPage.apiPath(request), changes, stored.tag());
            }
            return Pages.redirect(Notice.SAVED.on(DealPage.path(request)));
        } catch (ProblemException e) {
            if (e.type().equals(ProblemType.PRECONDITION_FAILED)) {
                return changedMeanwhile(request, form, stored(request));
            }
            FormErrors errors = FormErrors.of(e);
            return page(request, new Fields(form, errors), Map.of(), stored.tag(), "", errors.status());
        }
    }

    private Response changedMeanwhile(Request request, Form form, Stored stored) {
        Map<String, String> hints = new HashMap<>();
        stored.form().fields().keySet().stream()
                .filter(name -> !stored.form().text(name).equals(form.text(name)))
                .forEach(name -> hints.put(
                        name,
                        stored.form()
                                .find(name)
                                .map(text -> "Stored now: " + text)
                                .orElse("Stored now: nothing")));
        int status = ProblemType.PRECONDITION_FAILED.status();
        return page(request, new Fields(form, FormErrors.NONE), hints, stored.tag(), CHANGED_MEANWHILE, status);
    }
}
