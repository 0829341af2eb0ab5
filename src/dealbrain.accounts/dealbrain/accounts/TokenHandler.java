package dealbrain.accounts;

import dealbrain.http.Access;
import dealbrain.http.PageQuery;
import dealbrain.http.ProblemType;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Router;
import dealbrain.json.Default;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** The endpoints under {@code /api/v1/tokens}. */
final class TokenHandler {
    private final TokenService tokens;
    private final Authentication authentication;

    TokenHandler(TokenService tokens, Authentication authentication) {
        this.tokens = tokens;
        this.authentication = authentication;
    }

    void routes(Router router) {
        router.post("/api/v1/tokens", this::create)
                .access(Access.PUBLIC)
                .operation("createToken")
                .summary("Sign in: create a token, which is shown only once")
                .body(SignIn.class)
                .maxBodyBytes(UserHandler.BODY_LIMIT)
                .creates(NewToken.class)
                .problems(
                        TokenService.INVALID_CREDENTIALS,
                        AccountProblems.DISABLED,
                        AccountProblems.ONE_TIME_PASSWORD_EXPIRED,
                        ProblemType.TOO_MANY_REQUESTS,
                        ProblemType.UNAVAILABLE);
        router.get("/api/v1/tokens", this::list)
                .operation("listTokens")
                .summary("List my tokens, newest first")
                .query(PageQuery.class)
                .returnsPageOf(AccessToken.class);
        router.delete("/api/v1/tokens", this::deleteOthers)
                .operation("deleteOtherTokens")
                .summary("Delete all my tokens except that of this request, which ends all other sessions")
                .returnsNothing();
        router.delete("/api/v1/tokens/{id}", this::delete)
                .access(Access.READ) // a token of any scope can delete itself, which signs out
                .operation("deleteToken")
                .summary("Delete a token, which is invalid at once; another token than this one needs the scope write")
                .returnsNothing()
                .problems(ProblemType.FORBIDDEN);
    }

    /** The input of a sign-in. */
    record SignIn(
            @Size(max = 200) String username,
            @Size(max = 200) String password,
            @Nullable @Size(min = 1, max = 100) String name,
            @Default("\"write\"") Scope scope,
            @Nullable @Min(1) @Max(3650) Integer expiresInDays) {

        @Override
        public String toString() {
            return "SignIn[" + username + "]";
        }
    }

    Response create(Request request) {
        NewToken created = tokens.signIn(request.body(SignIn.class), request.network());
        return Response.created("/api/v1/tokens/" + created.id(), created).with("Cache-Control", "no-store");
    }

    Response list(Request request) {
        return Response.ok(tokens.list(authentication.user(request), request.query(PageQuery.class)));
    }

    Response deleteOthers(Request request) {
        tokens.deleteOthers(authentication.user(request), authentication.tokenId(request));
        return Response.noContent();
    }

    Response delete(Request request) {
        long id = request.pathLong("id");
        if (id != authentication.tokenId(request)) {
            authentication.requireWrite(request);
        }
        tokens.delete(authentication.user(request), id);
        return Response.noContent();
    }
}
