package dealbrain.accounts;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dealbrain.http.Access;
import dealbrain.http.CountMode;
import dealbrain.http.PagedQuery;
import dealbrain.http.ProblemType;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Router;
import dealbrain.json.Default;
import dealbrain.json.TextPatterns;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** The endpoints under {@code /api/v1/users}. */
final class UserHandler {
    /** The largest body with a password, in bytes: less than the default, as these routes have only short texts. */
    static final int BODY_LIMIT = 16 * 1024;

    /** Does not match the empty text, so that only its length is reported. JSON Schema does not anchor patterns. */
    private static final String EMAIL = "^[^@\\s]+@[^@\\s]+$";

    private static final String EMAIL_TEXT = "an e-mail address";

    private final UserService users;
    private final Authentication authentication;

    UserHandler(UserService users, Authentication authentication) {
        this.users = users;
        this.authentication = authentication;
    }

    void routes(Router router) {
        router.post("/api/v1/users", this::signUp)
                .access(Access.PUBLIC)
                .operation("createUser")
                .summary("Sign up")
                .body(SignUp.class)
                .maxBodyBytes(BODY_LIMIT)
                .creates(User.class)
                .problems(
                        UserService.SIGNUP_CLOSED,
                        UserService.USERNAME_TAKEN,
                        UserService.EMAIL_TAKEN,
                        ProblemType.TOO_MANY_REQUESTS,
                        ProblemType.UNAVAILABLE);
        router.get("/api/v1/users", this::search)
                .operation("listUsers")
                .summary("Find users by the beginning of the username")
                .query(UserQuery.class)
                .returnsPageOf(PublicUser.class);
        router.get("/api/v1/users/me", this::show)
                .operation("getCurrentUser")
                .summary("Get my account")
                .returns(User.class);
        router.patch("/api/v1/users/me", this::update)
                .supportsIfMatch()
                .operation("updateCurrentUser")
                .summary("Change my account; a new password deletes my other tokens")
                .patch(UserChange.class)
                .maxBodyBytes(BODY_LIMIT)
                .returns(User.class)
                .problems(UserService.EMAIL_TAKEN, ProblemType.TOO_MANY_REQUESTS, ProblemType.UNAVAILABLE);
    }

    /** The input of a sign-up. */
    record SignUp(
            @Pattern(regexp = "^[A-Za-z0-9_.-]{2,64}$")
            @JsonPropertyDescription("2 to 64 of the characters A-Z a-z 0-9 _ . -")
            String username,

            @Size(min = 10, max = 200) String password,

            @Nullable @Size(min = 3, max = 254) @Pattern(regexp = EMAIL) @JsonPropertyDescription(EMAIL_TEXT)
            String email,

            @Nullable
            @Size(min = 1, max = 100)
            @Pattern(regexp = TextPatterns.NOT_BLANK)
            @JsonPropertyDescription(TextPatterns.NOT_BLANK_TEXT)
            String displayName) {
        @Override
        public String toString() {
            return "SignUp[" + username + "]";
        }
    }

    Response signUp(Request request) {
        return Response.created("/api/v1/users/me", users.signUp(request.body(SignUp.class), request.network()));
    }

    /**
     * The query of a search for users.
     *
     * @param q the beginning of a username, in upper or lower case
     */
    record UserQuery(
            @Size(min = 2, max = 64) String q,
            @Default("20") @Min(1) @Max(100) int limit,
            @Default("0") @Min(0) @Max(MAX_OFFSET) int offset,
            @Nullable @Size(max = MAX_CURSOR) String cursor,
            @Default("\"limited\"") CountMode count)
            implements PagedQuery {}

    Response search(Request request) {
        return Response.ok(users.search(request.query(UserQuery.class)));
    }

    Response show(Request request) {
        return Response.ok(authentication.user(request));
    }

    /** The members that users may change of their own account; a new password needs the current one. */
    record UserChange(
            @Nullable
            @Size(min = 1, max = 100)
            @Pattern(regexp = TextPatterns.NOT_BLANK)
            @JsonPropertyDescription(TextPatterns.NOT_BLANK_TEXT)
            String displayName,

            @Nullable @Size(min = 3, max = 254) @Pattern(regexp = EMAIL) @JsonPropertyDescription(EMAIL_TEXT)
            String email,

            @Nullable @Size(min = 10, max = 200) String password,
            @Nullable @Size(max = 200) String currentPassword) {

        static UserChange of(User user) {
            return new UserChange(user.displayName(), user.email(), null, null);
        }

        @Override
        public String toString() {
            return "UserChange[" + displayName + "]";
        }
    }

    Response update(Request request) {
        UserService.Caller caller = new UserService.Caller(
                authentication.user(request), authentication.tokenId(request), request.network());
        return Response.ok(users.update(caller, request.ifMatch(), request.patch(UserChange.class)::applyTo));
    }
}
