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
 * needs a session leads to the sign-in without one; a problem that the page does not show itself becomes a page.
 */
final class Pages {
    private static final int MAX_FORM = 64 * 1024;

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
        page(router.post(template, request -> process(request, signedIn(form(handler)))));
    }

    /** Adds the action of a form that may be larger than others. */
    void post(String template, int maxBytes, FormHandler handler) {
        page(router.post(template, request -> process(request, signedIn(form(handler)))))
                .maxBodyBytes(maxBytes);
    }

    /** Adds a page for everyone, with a session or without one. */
    void getByAll(String template, Handler handler) {
        page(router.get(template, request -> process(request, handler)));
    }

    /** Adds the action of a form for everyone. */
    void postByAll(String template, FormHandler handler) {
        page(router.post(template, request -> process(request, form(handler))));
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
            boolean mustChoose = sessions.needsPassword(request)
                    && !request.route().template().equals(PasswordPage.PATH);
            return mustChoose ? redirect(PasswordPage.PATH) : handler.handle(request);
        };
    }

    /** Leads to the sign-in, and from there back: after a form to its page, because it was not processed. */
    private static Response signIn(Request request) {
        String back = request.method().equals("POST") ? LocalPath.ofReferrer(request) : LocalPath.of(request);
        return redirect("/sign-in" + LocalPath.query(back));
    }

    private Handler form(FormHandler handler) {
        return request -> {
            SameSite.require(request);
            Form form = request.form();
            if (sessions.isIn(request) && !sessions.isFormKey(request, form.text("csrf"))) {
                throw SameSite.refused();
            }
            return handler.handle(request, form);
        };
    }

    /** Returns 303: the browser gets that page, so that reloading it does not send the form again. */
    static Response redirect(String path) {
        return new Response(303, Map.of("Location", path, "Cache-Control", "no-store"), new Response.Body.Empty());
    }
}
