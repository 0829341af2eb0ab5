package dealbrain.web;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.accounts.Sessions;
import dealbrain.http.ApiCalls;
import dealbrain.http.ApiResult;
import dealbrain.http.Form;
import dealbrain.http.ProblemException;
import dealbrain.http.Request;
import dealbrain.http.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pages of one's own account: names, tokens and sessions, export, deletion. */
final class AccountPages {
    private static final String PATH = "/account";
    private static final String ME = "/api/v1/users/me";
    private static final String TOKENS = "/api/v1/tokens";

    private final ApiCalls api;
    private final Sessions sessions;
    private final PageFrame frame;

    AccountPages(ApiCalls api, Sessions sessions, PageFrame frame) {
        this.api = api;
        this.sessions = sessions;
        this.frame = frame;
    }

    void routes(Pages pages) {
        pages.get(PATH, request -> frame.show(request, page(request, stored(request))));
        pages.post(PATH, this::change);
        pages.post(PATH + "/tokens/{id}/delete", this::deleteToken);
        pages.post(PATH + "/tokens/delete-others", this::deleteOtherTokens);
        pages.get(PATH + "/export", request -> api.download(request, ME + "/export", request.parameters()));
        pages.get(PATH + "/delete", request -> frame.show(request, deletion(Fields.EMPTY)));
        pages.post(PATH + "/delete", this::delete);
    }

    private Fields stored(Request request) {
        JsonNode me = api.get(request, ME).json();
        Map<String, List<String>> fields = new HashMap<>();
        for (String name : List.of("display_name", "email")) {
            fields.put(name, List.of(me.path(name).asText("")));
        }
        return new Fields(new Form(fields), FormErrors.NONE);
    }

    private Page page(Request request, Fields fields) {
        Map<String, Object> model = new HashMap<>();
        model.put(
                "fields",
                List.of(
                        fields.text("display_name", "Name")
                                .autocomplete("name")
                                .hint("What others see. Without one they see the username."),
                        fields.ofType("email", "email", "E-mail address").autocomplete("email")));
        model.put("errors", fields.errors().rest());
        model.put("username", sessions.user(request).username());
        Form query = QueryString.with(QueryString.only(request.parameters(), "cursor"), "limit", "50");
        ApiResult tokens = api.get(request, TOKENS, query);
        model.put("tokens", Rows.of(tokens.json(), (token, row) -> addToken(request, token, row)));
        model.put("more", tokens.nextCursor().map(QueryString::encoded).orElse(""));
        return new Page("account", "Account", model);
    }

    private void addToken(Request request, JsonNode token, Map<String, Object> row) {
        row.put("is_current", token.path("id").asLong() == sessions.id(request));
        row.put("created", Times.day(token.path("created_at")));
        row.put("used", Times.minute(token.path("last_used_at")));
        row.put("expires", Times.day(token.path("expires_at")));
        row.put("name", token.path("name").asText("Without a name"));
    }

    private Response change(Request request, Form form) {
        try {
            Map<String, @Nullable Object> changes = new HashMap<>(); // an empty field deletes
            changes.put("display_name", form.find("display_name").orElse(null));
            changes.put("email", form.find("email").orElse(null));
            api.patch(request, ME, changes);
            return Pages.redirect(Notice.SAVED.on(PATH));
        } catch (ProblemException e) {
            FormErrors errors = FormErrors.of(e);
            return frame.show(request, page(request, new Fields(form, errors)).withStatus(errors.status()));
        }
    }

    private Response deleteToken(Request request, Form form) {
        api.delete(request, TOKENS + "/" + request.pathLong("id"));
        return Pages.redirect(Notice.DELETED.on(PATH));
    }

    private Response deleteOtherTokens(Request request, Form form) {
        api.delete(request, TOKENS);
        return Pages.redirect(Notice.OTHERS_SIGNED_OUT.on(PATH));
    }

    private static Page deletion(Fields fields) {
        Field password =
                fields.password("current_password", "Password").required().autocomplete("current-password");
        return new Page(
                "account-delete",
                "Delete the account",
                Map.of("fields", List.of(password), "errors", fields.errors().rest()));
    }

    private Response delete(Request request, Form form) {
        try {
            api.delete(request, ME, Map.of("current_password", form.secret("current_password")));
            return sessions.withoutCookie(request, Pages.redirect(Notice.ACCOUNT_DELETED.on("/")));
        } catch (ProblemException e) {
            FormErrors errors = FormErrors.of(e);
            return frame.show(request, deletion(new Fields(form, errors)).withStatus(errors.status()));
        }
    }
}
