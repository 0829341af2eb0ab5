package dealbrain.web;

import dealbrain.accounts.Sessions;
import dealbrain.http.ApiCalls;
import dealbrain.http.Form;
import dealbrain.http.ProblemException;
import dealbrain.http.Request;
import dealbrain.http.Response;
import java.util.List;
import java.util.Map;

/** The page to choose another password: after a sign-in with a one-time password it is the only one. */
final class PasswordPage {
    static final String PATH = "/account/password";

    private final ApiCalls api;
    private final Sessions sessions;
    private final PageFrame frame;

    PasswordPage(ApiCalls api, Sessions sessions, PageFrame frame) {
        this.api = api;
        this.sessions = sessions;
        this.frame = frame;
    }

    void routes(Pages pages) {
        pages.get(PATH, request -> frame.show(request, page(request, Fields.EMPTY)));
        pages.post(PATH, this::change);
    }

    private Page page(Request request, Fields fields) {
        boolean isOneTime = sessions.needsPassword(request);
        List<Field> all = List.of(
                fields.password("current_password", isOneTime ? "One-time password" : "Current password")
                        .required()
                        .autocomplete("current-password"),
                fields.password("password", "New password")
                        .required()
                        .autocomplete("new-password")
                        .hint("At least 10 characters."));
        return new Page(
                "password",
                "Choose a password",
                Map.of("fields", all, "errors", fields.errors().rest(), "one_time", isOneTime));
    }

    private Response change(Request request, Form form) {
        try {
            api.patch(
                    request,
                    "/api/v1/users/me",
                    Map.of(
                            "password", form.secret("password"),
                            "current_password", form.secret("current_password")));
            return Pages.redirect(Notice.PASSWORD_CHANGED.on("/"));
        } catch (ProblemException e) {
            FormErrors errors = FormErrors.of(e);
            return frame.show(request, page(request, new Fields(form, errors)).withStatus(errors.status()));
        }
    }
}
