package dealbrain.web;

import dealbrain.accounts.Sessions;
import dealbrain.http.ApiCalls;
import dealbrain.http.Form;
import dealbrain.http.ProblemException;
import dealbrain.http.Request;
import dealbrain.http.Response;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The page that creates a token for a program, and shows its secret once. */
final class TokenPage {
    private static final String PATH = "/account/tokens/new";

    private final ApiCalls api;
    private final Sessions sessions;
    private final PageFrame frame;

    TokenPage(ApiCalls api, Sessions sessions, PageFrame frame) {
        this.api = api;
        this.sessions = sessions;
        this.frame = frame;
    }

    void routes(Pages pages) {
        pages.get(PATH, request -> frame.show(request, page(request, Fields.EMPTY)));
        pages.post(PATH, this::create);
    }

    private Page page(Request request, Fields fields) {
        Map<String, String> scopes = new LinkedHashMap<>();
        scopes.put("read", "Read only");
        scopes.put("write", "Read and write");
        if (sessions.user(request).isAdmin()) {
            scopes.put("metrics", "Metrics only");
        }
        List<Field> all = List.of(
                fields.text("name", "Name").hint("What it is for, such as \"backup script\"."),
                fields.choice("scope", "Rights", scopes),
                fields.ofType("number", "expires_in_days", "Days until it expires")
                        .hint("Empty: it does not expire."),
                fields.password("password", "Your password").required().autocomplete("current-password"));
        return new Page(
                "token",
                "New token",
                Map.of("fields", all, "errors", fields.errors().rest(), "secret", ""));
    }

    /** The secret is in this response only: a redirect would have to store it. */
    private Response create(Request request, Form form) {
        try {
            String secret = api.post(request, "/api/v1/tokens", input(request, form))
                    .json()
                    .path("token")
                    .asText();
            Map<String, Object> model = Map.of("fields", List.of(), "errors", "", "secret", secret);
            return frame.show(request, new Page("token", "New token", model));
        } catch (ProblemException e) {
            return frame.wrong(request, page(request, new Fields(form, FormErrors.of(e))), e);
        }
    }

    private Map<String, Object> input(Request request, Form form) {
        Map<String, Object> input = new HashMap<>();
        input.put("username", sessions.user(request).username());
        input.put("password", form.secret("password"));
        input.put("scope", form.text("scope"));
        form.find("name").ifPresent(name -> input.put("name", name));
        form.find("expires_in_days").ifPresent(days -> input.put("expires_in_days", Numbers.integer(days)));
        return input;
    }
}
