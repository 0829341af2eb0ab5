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

/** The endpoints under {@code /api/v1/admin/users}, for administrators. */
final class AccountHandler {
    private static final String ALL = "/api/v1/admin/users";
    private static final String ONE = ALL + "/{id}";

    private final AccountService accounts;
    private final Authentication authentication;

    AccountHandler(AccountService accounts, Authentication authentication) {
        this.accounts = accounts;
        this.authentication = authentication;
    }

    void routes(Router router) {
        router.get(ALL, this::list)
                .access(Access.ADMIN)
                .operation("listAccounts")
                .summary("List users, newest first, or search them")
                .query(AccountQuery.class)
                .returnsPageOf(Account.class);
        router.post(ALL, this::create)
                .access(Access.ADMIN)
                .operation("createAccount")
                .summary("Create a user, also while sign-up is closed")
                .body(AccountInput.class)
                .maxBodyBytes(UserHandler.BODY_LIMIT)
                .creates(NewAccount.class)
                .problems(
                        AccountProblems.USERNAME_TAKEN,
                        AccountProblems.EMAIL_TAKEN,
                        ProblemType.TOO_MANY_REQUESTS,
                        ProblemType.UNAVAILABLE);
        router.get(ONE, this::show)
                .access(Access.ADMIN)
                .operation("getAccount")
                .summary("Get a user")
                .returns(Account.class);
        router.patch(ONE, this::update)
                .access(Access.ADMIN)
                .supportsIfMatch()
                .operation("updateAccount")
                .summary("Change, disable or enable a user")
                .patch(AccountChange.class)
                .maxBodyBytes(UserHandler.BODY_LIMIT)
                .returns(Account.class)
                .problems(AccountProblems.EMAIL_TAKEN, AccountProblems.OWN_ACCOUNT, AccountProblems.LAST_ADMINISTRATOR);
        router.post(ONE + "/password", this::resetPassword)
                .access(Access.ADMIN)
                .operation("resetPassword")
                .summary("Give a user a one-time password, and delete all their tokens")
                .returns(NewAccount.class)
                .problems(
                        AccountProblems.OWN_ACCOUNT,
                        AccountProblems.LAST_ADMINISTRATOR,
                        ProblemType.TOO_MANY_REQUESTS,
                        ProblemType.UNAVAILABLE);
        router.delete(ONE, this::delete)
                .access(Access.ADMIN)
                .supportsIfMatch()
                .operation("deleteAccount")
                .summary("Delete a user with everything that is theirs")
                .returnsNothing()
                .problems(AccountProblems.OWN_ACCOUNT, AccountProblems.LAST_ADMINISTRATOR);
    }

    /**
     * The query of the list of users.
     *
     * @param q words of the username, the display name and the e-mail address
     */
    record AccountQuery(
            @Nullable @Size(max = 200) String q,
            @Default("20") @Min(1) @Max(100) int limit,
            @Default("0") @Min(0) @Max(MAX_OFFSET) int offset,
            @Nullable @Size(max = MAX_CURSOR) String cursor,
            @Default("\"limited\"") CountMode count)
            implements PagedQuery {}

    Response list(Request request) {
        return Response.ok(accounts.list(request.query(AccountQuery.class)));
    }

    /** The input of a new user; without a password, the user gets a one-time password. */
    record AccountInput(
            @Pattern(regexp = UserHandler.USERNAME) @JsonPropertyDescription(UserHandler.USERNAME_TEXT)
            String username,

            @Nullable @Size(min = 10, max = 200) String password,

            @Nullable
            @Size(min = 3, max = 254)
            @Pattern(regexp = UserHandler.EMAIL)
            @JsonPropertyDescription(UserHandler.EMAIL_TEXT)
            String email,

            @Nullable
            @Size(min = 1, max = 100)
            @Pattern(regexp = TextPatterns.NOT_BLANK)
            @JsonPropertyDescription(TextPatterns.NOT_BLANK_TEXT)
            String displayName,

            @Default("\"user\"") Role role) {
        @Override
        public String toString() {
            return "AccountInput[" + username + "]";
        }
    }

    Response create(Request request) {
        NewAccount created =
                accounts.create(authentication.user(request), request.body(AccountInput.class), request.network());
        return Response.created(ALL + "/" + created.account().id(), created).with("Cache-Control", "no-store");
    }

    Response show(Request request) {
        return Response.ok(accounts.get(request.pathLong("id")));
    }

    /** The members that administrators may change of other users. */
    record AccountChange(
            @Nullable
            @Size(min = 1, max = 100)
            @Pattern(regexp = TextPatterns.NOT_BLANK)
            @JsonPropertyDescription(TextPatterns.NOT_BLANK_TEXT)
            String displayName,

            @Nullable
            @Size(min = 3, max = 254)
            @Pattern(regexp = UserHandler.EMAIL)
            @JsonPropertyDescription(UserHandler.EMAIL_TEXT)
            String email,

            Role role,
            boolean disabled) {
        static AccountChange of(Account stored) {
            return new AccountChange(stored.displayName(), stored.email(), stored.role(), stored.disabled());
        }

        @Override
        public String toString() {
            return "AccountChange[" + displayName + "]";
        }
    }

    Response update(Request request) {
        return Response.ok(accounts.update(
                authentication.user(request),
                request.pathLong("id"),
                request.ifMatch(),
                request.patch(AccountChange.class)::applyTo));
    }

    Response resetPassword(Request request) {
        return Response.ok(
                        accounts.resetPassword(authentication.user(request), request.pathLong("id"), request.network()))
                .with("Cache-Control", "no-store");
    }

    Response delete(Request request) {
        accounts.delete(authentication.user(request), request.pathLong("id"), request.ifMatch());
        return Response.noContent();
    }
}
