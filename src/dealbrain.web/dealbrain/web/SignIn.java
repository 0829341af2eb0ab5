package dealbrain.web;

import dealbrain.accounts.Sessions;
import dealbrain.http.Form;
import dealbrain.http.Request;
import java.util.List;

/** The form to sign in. */
record SignIn(Sessions sessions) implements EntryForm {
    @Override
    public String name() {
        return "sign-in";
    }

    @Override
    public String title() {
        return "Sign in";
    }

    @Override
    public List<Field> fields(Fields fields) {
        return List.of(
                fields.text("username", "Username").required().autocomplete("username"),
                fields.password("password", "Password").required().autocomplete("current-password"));
    }

    @Override
    public Request enter(Request request, Form form) {
        return sessions.signIn(request, form.text("username"), form.secret("password"));
    }
}
