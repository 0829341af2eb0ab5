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

    static final String USERNAME = "^[A-Za-z0-9_.-]{2,64}$";
    static final String USERNAME_TEXT = "2 to 64 of the characters A-Z a-z 0-9 _ . -";

    /** Does not match the empty text, so that only its length is reported. JSON Schema does not anchor patterns. */
    static final String EMAIL = "^[^@\\s]+@[^@\\s]+$";

    static final String EMAIL_TEXT = "an e-mail address";

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
                        InviteService.INVALID,
                        AccountProblems.USERNAME_TAKEN,
                        AccountProblems.EMAIL_TAKEN,
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
                .problems(AccountProblems.EMAIL_TAKEN, ProblemType.TOO_MANY_REQUESTS, ProblemType.UNAVAILABLE);
        router.delete("/api/v1/users/me", this::delete)
                .operation("deleteCurrentUser")
                .summary("Delete my account with everything that is mine")
                .body(Deletion.class)
                .maxBodyBytes(BODY_LIMIT)
                .returnsNothing()
                .problems(AccountProblems.LAST_ADMINISTRATOR, ProblemType.TOO_MANY_REQUESTS, ProblemType.UNAVAILABLE);
    }

    /** The input of a sign-up. */
    record SignUp(
            @Pattern(regexp = USERNAME) @JsonPropertyDescription(USERNAME_TEXT)
            String username,

            @Size(min = 10, max = 200) String password,

            @Nullable @Size(min = 3, max = 254) @Pattern(regexp = EMAIL) @JsonPropertyDescription(EMAIL_TEXT)
            String email,

            @Nullable
            @Size(min = 1, max = 100)
            @Pattern(regexp = TextPatterns.NOT_BLANK)
            @JsonPropertyDescription(TextPatterns.NOT_BLANK_TEXT)
            String displayName,

            @Nullable @Size(min = 1, max = 100) String invite) {
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
        return Response.ok(users.update(caller(request), request.ifMatch(), request.patch(UserChange.class)::applyTo));
    }

    private UserService.Caller caller(Request request) {
        return new UserService.Caller(
                authentication.user(request),
                authentication.tokenId(request),
                request.network(),
                authentication.hasOneTimePassword(request));
    }

    /** The input of a deletion: the password confirms it. */
    record Deletion(@Size(max = 200) String currentPassword) {
        @Override
        public String toString() {
            return "Deletion[]";
        }
    }

    Response delete(Request request) {
        users.delete(caller(request), request.body(Deletion.class).currentPassword());
        return Response.noContent();
    }
}
