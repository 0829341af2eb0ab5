package dealbrain.web;

import dealbrain.accounts.Sessions;
import dealbrain.http.ApiCalls;
import dealbrain.http.Form;
import dealbrain.http.Request;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The form to sign up, which also signs in.
 *
 * @param isOpen whether everyone can sign up, or only with an invitation
 */
record SignUp(ApiCalls api, Sessions sessions, boolean isOpen) implements EntryForm {
    @Override
    public String name() {
        return "sign-up";
    }

    @Override
    public String title() {
        return "Sign up";
    }

    @Override
    public List<Field> fields(Fields fields) {
        Field invite = fields.text("invite", "Invitation code").hint("From the administrator of this server.");
        List<Field> all = List.of(
                isOpen ? invite.hint("Only if you have one.") : invite.required(),
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
        return isOpen && !hasInvite ? all.subList(1, all.size()) : all;
    }

    @Override
    public Request enter(Request request, Form form) {
        api.post(request, "/api/v1/users", input(form));
        return sessions.signIn(request, form.text("username"), form.secret("password"));
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
