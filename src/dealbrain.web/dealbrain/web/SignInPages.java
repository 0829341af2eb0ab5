package dealbrain.web;

import dealbrain.accounts.Sessions;
import dealbrain.http.Form;
import dealbrain.http.ProblemException;
import dealbrain.http.Request;
import dealbrain.http.Response;
import java.util.List;
import java.util.Map;

/** The page to sign in, and the action that signs out. */
final class SignInPages {
    private final Sessions sessions;
    private final PageFrame frame;

    SignInPages(Sessions sessions, PageFrame frame) {
        this.sessions = sessions;
        this.frame = frame;
    }

    void routes(Pages pages) {
        pages.getByAll("/sign-in", this::show);
        pages.postByAll("/sign-in", this::signIn);
        pages.postByAll("/sign-out", this::signOut);
    }

    private Response show(Request request) {
        String next = LocalPath.of(request.parameters().text("next"));
        return sessions.isIn(request)
                ? Pages.redirect(next)
                : frame.show(request, page(new Fields(request.parameters(), FormErrors.NONE), next));
    }

    private static Page page(Fields fields, String next) {
        List<Field> all = List.of(
                fields.text("username", "Username").required().autocomplete("username"),
                fields.password("password", "Password").required().autocomplete("current-password"));
        return new Page(
                "sign-in",
                "Sign in",
                Map.of(
                        "fields",
                        all,
                        "errors",
                        fields.errors().rest(),
                        "next",
                        next,
                        "next_query",
                        LocalPath.query(next)));
    }

    private Response signIn(Request request, Form form) {
        String next = LocalPath.of(form.text("next"));
        try {
            Request signedIn = sessions.signIn(request, form.text("username"), form.secret("password"));
            return sessions.withCookie(signedIn, Pages.redirect(next));
        } catch (ProblemException e) {
            return frame.wrong(request, page(new Fields(form, FormErrors.of(e)), next), e);
        }
    }

    private Response signOut(Request request, Form form) {
        if (sessions.isIn(request)) {
            sessions.end(request);
        }
        return sessions.withoutCookie(request, Pages.redirect(Notice.SIGNED_OUT.on("/")));
    }
}
