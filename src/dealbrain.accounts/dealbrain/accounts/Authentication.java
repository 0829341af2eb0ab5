package dealbrain.accounts;

import dealbrain.http.Access;
import dealbrain.http.Filter;
import dealbrain.http.Handler;
import dealbrain.http.ProblemException;
import dealbrain.http.ProblemType;
import dealbrain.http.Request;
import dealbrain.http.RequestAttribute;
import dealbrain.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Authenticates requests by {@code Authorization: Bearer} (RFC 6750, section 2.1), on the operator's routes also by
 * HTTP Basic. As a filter it rejects requests without the rights that their route needs. One statement for each request
 * with a token.
 */
public final class Authentication implements Filter {
    private static final RequestAttribute<TokenDao.Bearer> BEARER = new RequestAttribute<>(TokenDao.Bearer.class);
    /** The only request of a user with a one-time password. */
    private static final String PASSWORD_CHANGE = "PATCH /api/v1/users/me";

    private static final String HELP =
            "send the header Authorization: Bearer dbt_…; POST /api/v1/tokens creates a token";

    private final TokenService tokens;
    private final TokenUses uses;

    Authentication(TokenService tokens, TokenUses uses) {
        this.tokens = tokens;
        this.uses = uses;
    }

    @Override
    public Response filter(Request request, Handler next) {
        return AuditLog.within(request, each -> authenticated(each, next));
    }

    private Response authenticated(Request request, Handler next) {
        if (request.route().isOpenTo(request)) {
            return next.handle(request);
        }
        Optional<TokenDao.Bearer> attached = attached(request);
        TokenDao.Bearer bearer = attached.isPresent() ? attached.get() : sender(request);
        requireAllowed(request, bearer);
        return next.handle(attached.isPresent() ? request : attach(request, bearer));
    }

    /** Returns the same request as one of the holder of a token or session. */
    static Request attach(Request request, TokenDao.Bearer bearer) {
        return request.ofUser(bearer.user().id()).with(BEARER, bearer);
    }

    /** Returns the holder of the session that a page has attached to its call of the API within the process. */
    private static Optional<TokenDao.Bearer> attached(Request request) {
        Optional<TokenDao.Bearer> attached = request.find(BEARER);
        attached.ifPresent(bearer -> requireUsable(request, bearer));
        return attached;
    }

    private TokenDao.Bearer sender(Request request) {
        return offersPassword(request.route().access())
                ? operator(request)
                : bearer(request).orElseThrow(() -> ProblemException.unauthorized(HELP));
    }

    private static boolean offersPassword(Access access) {
        return access == Access.OPERATOR || access == Access.METRICS;
    }

    private static void requireAllowed(Request request, TokenDao.Bearer bearer) {
        boolean reads = isRead(request);
        Access access = request.route().access();
        boolean administers = access == Access.ADMIN || offersPassword(access);
        if (administers && !bearer.user().isAdmin()) {
            throw ProblemException.forbidden("only administrators may do this");
        }
        if (bearer.hasOneTimePassword()) {
            return; // changes the password, with a token of any scope
        }
        boolean writes = access == Access.WRITE || (administers && !reads);
        if (writes) {
            requireWrite(bearer.scope());
        }
    }

    private static void requireWrite(Scope scope) {
        if (scope != Scope.WRITE) {
            throw ProblemException.forbidden("a token with the scope write is needed; this one has the scope read");
        }
    }

    /**
     * Requires the scope {@code write} of the token, on a route that needs a token of any scope.
     *
     * @throws ProblemException forbidden
     */
    void requireWrite(Request request) {
        requireWrite(bearerOf(request).scope());
    }

    /** Returns the authenticated user, on a route that needs a token. */
    public User user(Request request) {
        return bearerOf(request).user();
    }

    /** Returns the id of the token, on a route that needs one. */
    long tokenId(Request request) {
        return bearerOf(request).tokenId();
    }

    /** Returns whether the user has to choose a password first, on the route that does this. */
    boolean hasOneTimePassword(Request request) {
        return bearerOf(request).hasOneTimePassword();
    }

    private static TokenDao.Bearer bearerOf(Request request) {
        return request.find(BEARER)
                .orElseThrow(() -> new IllegalStateException(request.route().template() + " needs no token"));
    }

    /**
     * Returns the user of a request to a public route; empty without a token. One statement if there is a token, none
     * in a call of a page.
     *
     * @throws ProblemException unauthorized: the token is not valid; account disabled; password change required
     */
    public Optional<User> viewer(Request request) {
        Optional<TokenDao.Bearer> attached = attached(request);
        if (attached.isPresent()) {
            return attached.map(TokenDao.Bearer::user);
        }
        return request.header("Authorization").isEmpty()
                ? Optional.empty()
                : Optional.of(bearer(request)
                        .orElseThrow(() -> ProblemException.unauthorized("the token is not valid; " + HELP))
                        .user());
    }

    /**
     * Accepts HTTP Basic too, with the token as the password, and to read the session of a browser. The challenge offers
     * Basic only, since some browsers ignore a header with a second scheme and would not ask for a password.
     */
    private TokenDao.Bearer operator(Request request) {
        return bearer(request)
                .or(() -> credentials(request, "Basic ")
                        .flatMap(Authentication::password)
                        .flatMap(token -> bearer(request, token)))
                .or(() -> session(request))
                .orElseThrow(() -> new ProblemException(
                        ProblemType.UNAUTHORIZED,
                        HELP + "; or sign in with any name and the token as the password",
                        Map.of(
                                "WWW-Authenticate",
                                "Basic realm=\"dealbrain, with a token as the password\", charset=\"UTF-8\"")));
    }

    /** Only to read, because another site could send a form. */
    private Optional<TokenDao.Bearer> session(Request request) {
        if (!isRead(request)) {
            return Optional.empty();
        }
        Optional<TokenDao.Bearer> found = Sessions.cookie(request).flatMap(tokens::ofSession);
        found.ifPresent(bearer -> requireUsable(request, bearer));
        return found.map(bearer -> used(request, bearer));
    }

    private static boolean isRead(Request request) {
        return request.method().equals("GET") || request.method().equals("HEAD");
    }

    private static Optional<String> password(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            return Optional.of(pair.substring(pair.indexOf(':') + 1));
        } catch (IllegalArgumentException _) { // malformed Base64 is treated as a missing password
            return Optional.empty();
        }
    }

    private Optional<TokenDao.Bearer> bearer(Request request) {
        return credentials(request, "Bearer ").flatMap(token -> bearer(request, token));
    }

    /**
     * Returns the holder of a token, whose row is read with each request: a disabled user is refused by the next one.
     *
     * @throws ProblemException account disabled; password change required
     */
    private Optional<TokenDao.Bearer> bearer(Request request, String token) {
        Optional<TokenDao.Bearer> found = tokens.bearer(token);
        found.ifPresent(bearer -> requireUsable(request, bearer));
        return found.map(bearer -> used(request, bearer));
    }

    private static void requireUsable(Request request, TokenDao.Bearer bearer) {
        if (bearer.isDisabled()) {
            throw AccountProblems.disabled();
        }
        if (bearer.hasOneTimePassword() && !request.route().name().equals(PASSWORD_CHANGE)) {
            throw AccountProblems.passwordChangeRequired();
        }
    }

    /**
     * Records the use of a token.
     *
     * @throws ProblemException forbidden, if its scope is {@code metrics} and the route is another one
     */
    private TokenDao.Bearer used(Request request, TokenDao.Bearer bearer) {
        request.authenticated(bearer.user().id());
        uses.record(bearer.tokenId(), request.client());
        if (bearer.scope() == Scope.METRICS && request.route().access() != Access.METRICS) {
            throw ProblemException.forbidden("a token with the scope metrics can read the metrics only");
        }
        return bearer;
    }

    private static Optional<String> credentials(Request request, String scheme) {
        return request.header("Authorization")
                .filter(header -> header.regionMatches(true, 0, scheme, 0, scheme.length()))
                .map(header -> header.substring(scheme.length()).strip());
    }
}
