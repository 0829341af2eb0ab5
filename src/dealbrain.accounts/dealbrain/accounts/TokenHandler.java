package dealbrain.accounts;

import dealbrain.http.Access;
import dealbrain.http.PageQuery;
import dealbrain.http.ProblemType;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Router;

/** The endpoints under {@code /api/v1/tokens}. */
public final class TokenHandler {
    private final TokenService tokens;
    private final Authentication authentication;

    public TokenHandler(TokenService tokens, Authentication authentication) {
        this.tokens = tokens;
        this.authentication = authentication;
    }

    public void routes(Router router) {
        router.post("/api/v1/tokens", this::create)
                .access(Access.PUBLIC)
                .summary("Sign in: make a token, shown this once")
                .body(SignIn.class)
                .maxBodyBytes(UserHandler.BODY_LIMIT)
                .creates(NewToken.class)
                .problems(TokenService.INVALID_CREDENTIALS, ProblemType.TOO_MANY_REQUESTS, ProblemType.UNAVAILABLE);
        router.get("/api/v1/tokens", this::list)
                .summary("My tokens, newest first")
                .query(PageQuery.class)
                .returnsPageOf(AccessToken.class);
        router.delete("/api/v1/tokens/{id}", this::delete)
                .summary("Delete a token, at once")
                .returnsNothing();
    }

    Response create(Request request) {
        NewToken made = tokens.signIn(request.body(SignIn.class), PasswordTries.network(request.client()));
        return Response.created("/api/v1/tokens/" + made.id(), made).with("Cache-Control", "no-store");
    }

    Response list(Request request) {
        return Response.ok(tokens.list(
                authentication.user(request), request.query(PageQuery.class).page()));
    }

    Response delete(Request request) {
        tokens.delete(request.pathLong("id"), authentication.user(request));
        return Response.noContent();
    }
}
