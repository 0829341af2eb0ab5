package dealbrain.accounts;

import dealbrain.http.Access;
import dealbrain.http.ProblemType;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Router;

/** The endpoints under {@code /api/v1/users}. */
public final class UserHandler {
    /** Of what carries a password: there is nothing long in it. */
    static final int BODY_LIMIT = 16 * 1024;

    private final UserService users;
    private final Authentication authentication;

    public UserHandler(UserService users, Authentication authentication) {
        this.users = users;
        this.authentication = authentication;
    }

    public void routes(Router router) {
        router.post("/api/v1/users", this::signUp)
                .access(Access.PUBLIC)
                .summary("Sign up")
                .body(SignUp.class)
                .maxBodyBytes(BODY_LIMIT)
                .creates(User.class)
                .problems(
                        UserService.SIGNUP_CLOSED,
                        UserService.USERNAME_TAKEN,
                        UserService.EMAIL_TAKEN,
                        ProblemType.UNAVAILABLE);
        router.get("/api/v1/users", this::search)
                .summary("Find users by the beginning of their names")
                .query(UserQuery.class)
                .returnsPageOf(PublicUser.class);
        router.get("/api/v1/users/me", this::show).summary("Who I am").returns(User.class);
        router.patch("/api/v1/users/me", this::update)
                .access(Access.WRITE)
                .supportsIfMatch()
                .summary("Change what others see of me, or my password, which ends my other tokens")
                .patch(UserChange.class)
                .maxBodyBytes(BODY_LIMIT)
                .returns(User.class)
                .problems(UserService.EMAIL_TAKEN, ProblemType.TOO_MANY_REQUESTS, ProblemType.UNAVAILABLE);
    }

    Response signUp(Request request) {
        return Response.created("/api/v1/users/me", users.signUp(request.body(SignUp.class)));
    }

    Response search(Request request) {
        UserQuery query = request.query(UserQuery.class);
        return Response.ok(users.search(query.q(), query.page()));
    }

    Response show(Request request) {
        return Response.ok(authentication.user(request));
    }

    Response update(Request request) {
        UserService.Asking asking = new UserService.Asking(
                authentication.user(request), authentication.tokenId(request), PasswordTries.network(request.client()));
        return Response.ok(users.update(asking, request.ifMatch(), request.patch(UserChange.class)::applyTo));
    }
}
