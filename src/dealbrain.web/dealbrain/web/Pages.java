package dealbrain.web;

import dealbrain.accounts.Sessions;
import dealbrain.http.Access;
import dealbrain.http.Form;
import dealbrain.http.Handler;
import dealbrain.http.ProblemException;
import dealbrain.http.ProblemType;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Route;
import dealbrain.http.Router;
import dealbrain.json.InvalidInputException;
import java.util.Map;

/**
 * Adds pages to the route table. Each request of a page gets its session; forms of other sites are refused; a page that
 * needs a session leads to the sign-in without one, and what was typed into a form is kept until it can be sent; a
 * problem that the page does not show itself becomes a page.
 */
final class Pages {
    private static final int MAX_FORM = 64 * 1024;

    /** Forbidden: 401 would need a challenge, for which browsers ask for a password themselves. */
    private static final int NOT_PROCESSED = 403;

    /** Processes a form. Returns a redirect, or the page of the form again with what is wrong. */
    @FunctionalInterface
    interface FormHandler {
        Response handle(Request request, Form form);
    }

    private final Router router;
    private final Sessions sessions;
    private final ProxySignIn proxy;
    private final PageFrame frame;

    Pages(Router router, Sessions sessions, ProxySignIn proxy, PageFrame frame) {
        this.router = router;
        this.sessions = sessions;
        this.proxy = proxy;
        this.frame = frame;
    }

    /** Adds a page for people who are signed in. */
    void get(String template, Handler handler) {
        page(router.get(template, request -> process(request, signedIn(handler))));
    }

    /** Adds the action of a form for people who are signed in. */
    void post(String template, FormHandler handler) {
        post(template, MAX_FORM, handler);
    }

    /** Adds the action of a form that may be larger than others. */
    void post(String template, int maxBytes, FormHandler handler) {
        page(router.post(template, request -> process(request, form(handler)))).maxBodyBytes(maxBytes);
    }

    /** Adds a page for everyone, with a session or without one. */
    void getByAll(String template, Handler handler) {
        page(router.get(template, request -> process(request, handler)));
    }

    /** Adds the action of a form for everyone. */
    void postByAll(String template, FormHandler handler) {
        postByAll(template, MAX_FORM, handler);
    }

    /** Adds the action of a form for everyone that may be larger than others. */
    void postByAll(String template, int maxBytes, FormHandler handler) {
        page(router.post(template, request -> process(request, formOfAll(handler))))
                .maxBodyBytes(maxBytes);
    }

    /** The session is checked by {@link #process}; the filter for tokens lets everyone pass. */
    private static Route page(Route route) {
        return route.page().access(Access.OPTIONAL).maxBodyBytes(MAX_FORM);
    }

    private Response process(Request sent, Handler handler) {
        Request request = sent;
        try {
            ProxySignIn.Result session = proxy.signIn(sessions.attach(sent));
            request = session.request();
            Response response = handler.handle(request);
            return session.isNew() ? sessions.withCookie(request, response) : response;
        } catch (ProblemException e) {
            return problem(request, e);
        } catch (InvalidInputException e) {
            return problem(request, ProblemException.invalid(e.errors()));
        }
    }

    private Response problem(Request request, ProblemException e) {
        boolean isSignedOut = e.type().equals(ProblemType.UNAUTHORIZED);
        return isSignedOut ? signIn(request) : frame.problem(request, e);
    }

    private Handler signedIn(Handler handler) {
        return request -> {
            if (!sessions.isIn(request)) {
                return signIn(request);
            }
            return mustChoosePassword(request) ? redirect(PasswordPage.PATH) : handler.handle(request);
        };
    }

    private boolean mustChoosePassword(Request request) {
        return sessions.needsPassword(request) && !request.route().template().equals(PasswordPage.PATH);
    }

    /** Leads to the sign-in, and from there back: after a form to its page, because it was not processed. */
    private static Response signIn(Request request) {
        return redirect("/sign-in" + LocalPath.query(back(request)));
    }

    private static String back(Request request) {
        return request.method().equals("POST") ? LocalPath.ofReferrer(request) : LocalPath.of(request);
    }

    /** What was typed comes back if the form cannot be processed, unless another site may have sent it. */
    private Handler form(FormHandler handler) {
        return request -> {
            if (!sessions.isIn(request)) {
                return SameSite.isOf(request) ? signIn(request, Unsent.of(request, request.form())) : signIn(request);
            }
            SameSite.require(request);
            Form form = request.form();
            Unsent unsent = Unsent.of(request, form);
            if (!hasKey(request, form)) {
                return sendAgain(request, unsent);
            }
            if (mustChoosePassword(request)) {
                return unsent.isEmpty() ? redirect(PasswordPage.PATH) : sendAgain(request, unsent);
            }
            return handler.handle(request, form);
        };
    }

    private Handler formOfAll(FormHandler handler) {
        return request -> {
            SameSite.require(request);
            Form form = request.form();
            return !sessions.isIn(request) || hasKey(request, form)
                    ? handler.handle(request, form)
                    : sendAgain(request, Unsent.carriedBy(form));
        };
    }

    private boolean hasKey(Request request, Form form) {
        return sessions.isFormKey(request, form.text("csrf"));
    }

    /** Shows the sign-in with the form, so that it can be sent afterwards. */
    private Response signIn(Request request, Unsent unsent) {
        if (unsent.isEmpty()) {
            return signIn(request);
        }
        return unsent.isTooLarge()
                ? redirect(Notice.TOO_LARGE_TO_KEEP.on("/sign-in" + LocalPath.query(back(request))))
                : frame.show(request, EntryPages.carrying(unsent, sessions).withStatus(NOT_PROCESSED));
    }

    private Response sendAgain(Request request, Unsent unsent) {
        if (unsent.isEmpty()) {
            throw SameSite.refused();
        }
        return frame.show(request, unsent.page(mustChoosePassword(request)).withStatus(NOT_PROCESSED));
    }

    /** Returns 303: the browser gets that page, so that reloading it does not send the form again. */
    static Response redirect(String path) {
        return new Response(303, Map.of("Location", path, "Cache-Control", "no-store"), new Response.Body.Empty());
    }
}
