package dealbrain.web;

import dealbrain.accounts.Sessions;
import dealbrain.http.ApiCalls;
import dealbrain.http.Form;
import dealbrain.http.ProblemException;
import dealbrain.http.Request;
import dealbrain.http.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The page to sign up, for everyone or with an invitation. Signing up also signs in. */
final class SignUpPage {
    private final ApiCalls api;
    private final Sessions sessions;
    private final PageFrame frame;
    private final boolean signupOpen;

    SignUpPage(ApiCalls api, Sessions sessions, PageFrame frame, boolean signupOpen) {
        this.api = api;
        this.sessions = sessions;
        this.frame = frame;
        this.signupOpen = signupOpen;
    }

    void routes(Pages pages) {
        pages.getByAll("/sign-up", this::show);
        pages.postByAll("/sign-up", this::signUp);
    }

    private Response show(Request request) {
        String next = LocalPath.of(request.parameters().text("next"));
        return sessions.isIn(request)
                ? Pages.redirect(next)
                : frame.show(request, page(new Fields(request.parameters(), FormErrors.NONE), next));
    }

    private Page page(Fields fields, String next) {
        Field invite = fields.text("invite", "Invitation code").hint("From the administrator of this server.");
        List<Field> all = List.of(
                signupOpen ? invite.hint("Only if you have one.") : invite.required(),
                fields.text("username", "Username")
                        .required()
                        .autocomplete("username")
                        .hint("2 to 64 of the characters A-Z a-z 0-9 _ . -"),
                fields.text("display_name", "Name")
                        .autocomplete("name")
                        .hint("What others see. Without one they see the username."),
                fields.password("password", "Password")
                        .required()
                        .autocomplete("new-password")
                        .hint("At least 10 characters."));
        boolean hasInvite = !fields.typed().text("invite").isEmpty();
        List<Field> shown = signupOpen && !hasInvite ? all.subList(1, all.size()) : all;
        return new Page(
                "sign-up",
                "Sign up",
                Map.of(
                        "fields",
                        shown,
                        "errors",
                        fields.errors().rest(),
                        "next",
                        next,
                        "next_query",
                        LocalPath.query(next)));
    }

    private Response signUp(Request request, Form form) {
        String next = LocalPath.of(form.text("next"));
        try {
            api.post(request, "/api/v1/users", input(form));
            Request signedIn = sessions.signIn(request, form.text("username"), form.secret("password"));
            return sessions.withCookie(signedIn, Pages.redirect(next));
        } catch (ProblemException e) {
            return frame.wrong(request, page(new Fields(form, FormErrors.of(e)), next), e);
        }
    }

    private static Map<String, Object> input(Form form) {
        Map<String, Object> input = new HashMap<>();
        input.put("username", form.text("username"));
        input.put("password", form.secret("password"));
        form.find("display_name").ifPresent(name -> input.put("display_name", name));
        form.find("invite").ifPresent(code -> input.put("invite", code));
        return input;
    }
}
