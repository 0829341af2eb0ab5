package dealbrain.web;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.http.ApiCalls;
import dealbrain.http.ApiResult;
import dealbrain.http.Form;
import dealbrain.http.ProblemException;
import dealbrain.http.Request;
import dealbrain.http.Response;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pages on which administrators manage users. Their rights are checked by the API. */
final class UserPages {
    private static final String PATH = "/admin";
    private static final String USERS = "/api/v1/admin/users";

    private final ApiCalls api;
    private final PageFrame frame;

    UserPages(ApiCalls api, PageFrame frame) {
        this.api = api;
        this.frame = frame;
    }

    void routes(Pages pages) {
        pages.get(PATH, this::list);
        pages.get(PATH + "/users/new", request -> frame.show(request, creation(request, Fields.EMPTY)));
        pages.post(PATH + "/users/new", this::create);
        pages.get(PATH + "/users/{id}", request -> frame.show(request, user(request, null)));
        pages.post(PATH + "/users/{id}", this::change);
        pages.post(PATH + "/users/{id}/disabled", this::setDisabled);
        pages.post(PATH + "/users/{id}/password", this::resetPassword);
        pages.post(PATH + "/users/{id}/delete", this::delete);
    }

    private Response list(Request request) {
        Form query = QueryString.with(QueryString.only(request.parameters(), "q", "cursor"), "limit", "50");
        ApiResult users = api.get(request, USERS, query);
        Map<String, Object> model = new HashMap<>();
        model.put("q", query.text("q"));
        model.put("users", Rows.of(users.json(), UserPages::addUser));
        model.put(
                "more",
                users.nextCursor()
                        .map(cursor -> QueryString.of(
                                QueryString.with(QueryString.only(request.parameters(), "q"), "cursor", cursor)))
                        .orElse(""));
        return frame.show(request, new Page("users", "Users", model));
    }

    private static void addUser(JsonNode user, Map<String, Object> row) {
        row.put("created", Times.day(user.path("created_at")));
        row.put("one_time", Times.day(user.path("password_expires_at")));
        row.put("is_admin", user.path("role").asText().equals("admin"));
    }

    private static Map<String, String> roles() {
        Map<String, String> roles = new LinkedHashMap<>();
        roles.put("user", "User");
        roles.put("admin", "Administrator");
        return roles;
    }

    private Page creation(Request request, Fields fields) {
        api.get(request, USERS + "?limit=1&count=none"); // only administrators may see the form
        List<Field> all = List.of(
                fields.text("username", "Username").required().hint("2 to 64 of the characters A-Z a-z 0-9 _ . -"),
                fields.text("display_name", "Name"),
                fields.ofType("email", "email", "E-mail address"),
                fields.choice("role", "Role", roles()));
        return new Page(
                "user-new",
                "New user",
                Map.of("fields", all, "errors", fields.errors().rest()));
    }

    private Response create(Request request, Form form) {
        try {
            Map<String, Object> input = new HashMap<>();
            for (String name : List.of("username", "display_name", "email", "role")) {
                form.find(name).ifPresent(value -> input.put(name, value));
            }
            return showPassword(request, api.post(request, USERS, input).json());
        } catch (ProblemException e) {
            FormErrors errors = FormErrors.of(e);
            return frame.show(
                    request, creation(request, new Fields(form, errors)).withStatus(errors.status()));
        }
    }

    /** The one-time password is in this response only: a redirect would have to store it. */
    private Response showPassword(Request request, JsonNode created) {
        Map<String, Object> model = Rows.of(created.path("account"));
        model.put("password", created.path("one_time_password").asText());
        model.put("address", request.publicUrl().absolute("/sign-in"));
        return frame.show(request, new Page("one-time-password", "One-time password", model));
    }

    /** @param sent the form that was sent and is wrong; null to show what is stored */
    private Page user(Request request, @Nullable Fields sent) {
        JsonNode user = api.get(request, one(request)).json();
        Fields fields = sent == null ? new Fields(stored(user), FormErrors.NONE) : sent;
        Map<String, Object> model = Rows.of(user);
        addUser(user, model);
        model.put(
                "fields",
                List.of(
                        fields.text("display_name", "Name"),
                        fields.ofType("email", "email", "E-mail address"),
                        fields.choice("role", "Role", roles())));
        model.put("errors", fields.errors().rest());
        return new Page("user", user.path("username").asText(), model);
    }

    private static String one(Request request) {
        return USERS + "/" + request.pathLong("id");
    }

    private static String page(Request request) {
        return PATH + "/users/" + request.pathLong("id");
    }

    private static Form stored(JsonNode user) {
        Map<String, List<String>> fields = new HashMap<>();
        for (String name : List.of("display_name", "email", "role")) {
            fields.put(name, List.of(user.path(name).asText("")));
        }
        return new Form(fields);
    }

    private Response change(Request request, Form form) {
        Map<String, @Nullable Object> changes = new HashMap<>();
        changes.put("display_name", form.find("display_name").orElse(null));
        changes.put("email", form.find("email").orElse(null));
        changes.put("role", form.text("role"));
        return changed(request, form, changes);
    }

    private Response setDisabled(Request request, Form form) {
        return changed(request, form, Map.of("disabled", form.text("disabled").equals("true")));
    }

    private Response changed(Request request, Form form, Map<String, ? extends @Nullable Object> changes) {
        try {
            api.patch(request, one(request), changes);
            return Pages.redirect(Notice.SAVED.on(page(request)));
        } catch (ProblemException e) {
            FormErrors errors = FormErrors.of(e);
            Fields fields = form.has("role")
                    ? new Fields(form, errors)
                    : new Fields(stored(api.get(request, one(request)).json()), errors);
            return frame.show(request, user(request, fields).withStatus(errors.status()));
        }
    }

    private Response resetPassword(Request request, Form form) {
        return showPassword(
                request, api.post(request, one(request) + "/password", null).json());
    }

    private Response delete(Request request, Form form) {
        api.delete(request, one(request));
        return Pages.redirect(Notice.DELETED.on(PATH));
    }
}
