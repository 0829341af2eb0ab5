package dealbrain.web;

import dealbrain.accounts.Sessions;
import dealbrain.http.Form;
import dealbrain.http.ProblemException;
import dealbrain.http.Request;
import dealbrain.http.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The pages to sign in and to sign up, and the action that signs out. */
final class EntryPages {
    /** The name of the button of the one form that leads to the other with what is carried. */
    private static final String SWITCH = "switch";

    private final Sessions sessions;
    private final PageFrame frame;

    EntryPages(Sessions sessions, PageFrame frame) {
        this.sessions = sessions;
        this.frame = frame;
    }

    void routes(Pages pages, List<EntryForm> entries) {
        for (EntryForm entry : entries) {
            pages.getByAll("/" + entry.name(), request -> show(request, entry));
            pages.postByAll("/" + entry.name(), 2 * Unsent.MAX_BYTES, (request, form) -> send(request, form, entry));
        }
        pages.postByAll("/sign-out", this::signOut);
    }

    private Response show(Request request, EntryForm entry) {
        String next = LocalPath.of(request.parameters().text("next"));
        return sessions.isIn(request)
                ? Pages.redirect(next)
                : frame.show(
                        request, page(entry, new Fields(request.parameters(), FormErrors.NONE), next, Unsent.NONE));
    }

    private static Page page(EntryForm entry, Fields fields, String next, Unsent unsent) {
        Map<String, Object> model = new HashMap<>();
        model.put("fields", entry.fields(fields));
        model.put("errors", fields.errors().rest());
        model.put("next", next);
        model.put("next_query", LocalPath.query(next));
        model.put("unsent_action", unsent.action());
        model.put("unsent", unsent.values());
        return new Page(entry.name(), entry.title(), model);
    }

    /** Returns the page to sign in, which carries a form that was sent without a session. */
    static Page carrying(Unsent unsent, Sessions sessions) {
        return page(new SignIn(sessions), Fields.EMPTY, "/", unsent);
    }

    private Response send(Request request, Form form, EntryForm entry) {
        String next = LocalPath.of(form.text("next"));
        Unsent unsent = Unsent.carriedBy(form);
        if (form.has(SWITCH)) {
            return frame.show(request, page(entry, Fields.EMPTY, next, unsent));
        }
        try {
            Request signedIn = entry.enter(request, form);
            Response response = unsent.isEmpty()
                    ? Pages.redirect(next)
                    : frame.show(signedIn, unsent.page(sessions.needsPassword(signedIn)));
            return sessions.withCookie(signedIn, response);
        } catch (ProblemException e) {
            return frame.wrong(request, page(entry, new Fields(form, FormErrors.of(e)), next, unsent), e);
        }
    }

    private Response signOut(Request request, Form form) {
        if (sessions.isIn(request)) {
            sessions.end(request);
        }
        return sessions.withoutCookie(request, Pages.redirect(Notice.SIGNED_OUT.on("/")));
    }
}
