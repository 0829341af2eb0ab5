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
 * Who is asking, by {@code Authorization: Bearer} (RFC 6750, section 2.1); only for operators also by HTTP Basic. As a filter it holds each
 * request to what its route asks for, before a handler sees it; one statement for a request that needs a token.
 */
public final class Authentication implements Filter {
    private static final RequestAttribute<User> USER = new RequestAttribute<>(User.class);
    private static final RequestAttribute<Long> TOKEN_ID = new RequestAttribute<>(Long.class);
    private static final String HOW = "send the header Authorization: Bearer dbt_…; POST /api/v1/tokens makes a token";

    private final TokenService tokens;

    public Authentication(TokenService tokens) {
        this.tokens = tokens;
    }

    @Override
    public Response filter(Request request, Handler next) {
        if (request.route().isOpenTo(request)) {
            return next.handle(request);
        }
        TokenDao.Bearer bearer = request.route().access() == Access.OPERATOR
                ? operator(request)
                : bearer(request).orElseThrow(() -> ProblemException.unauthorized(HOW));
        requireAllowed(request, bearer);
        return next.handle(request.with(USER, bearer.user()).with(TOKEN_ID, bearer.tokenId()));
    }

    private static void requireAllowed(Request request, TokenDao.Bearer bearer) {
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        Access access = request.route().access();
        boolean administers = access == Access.ADMIN || access == Access.OPERATOR;
        if (administers && !bearer.user().isAdmin()) {
            throw ProblemException.forbidden("only an administrator may do this");
        }
        boolean writes = access == Access.WRITE || (administers && !reads);
        if (writes && bearer.scope() != Scope.WRITE) {
            throw ProblemException.forbidden("this needs a token with the scope write; yours has the scope read");
        }
    }

    /** Who asks, on a route that needs a token. */
    public User user(Request request) {
        return request.find(USER)
                .orElseThrow(() -> new IllegalStateException(request.route().template() + " needs no token"));
    }

    /** The id of the token that asks, on a route that needs one. */
    long tokenId(Request request) {
        return request.find(TOKEN_ID)
                .orElseThrow(() -> new IllegalStateException(request.route().template() + " needs no token"));
    }

    /**
     * Who asks, on a public route that shows more to some; empty for a request without a token. One statement with one.
     *
     * @throws ProblemException unauthorized, when there is a token that is not valid
     */
    public Optional<User> viewer(Request request) {
        return request.header("Authorization").isEmpty()
                ? Optional.empty()
                : Optional.of(bearer(request)
                        .orElseThrow(() -> ProblemException.unauthorized("this token is not valid; " + HOW))
                        .user());
    }

    /**
     * A browser asks its user for a name and a password where the answer offers Basic, and nothing beside it: some take no second
     * scheme in one header. The password is the token.
     */
    private TokenDao.Bearer operator(Request request) {
        return bearer(request)
                .or(() -> credentials(request, "Basic ")
                        .flatMap(Authentication::password)
                        .flatMap(tokens::bearer))
                .orElseThrow(() -> new ProblemException(
                        ProblemType.UNAUTHORIZED,
                        HOW + "; or sign in with any name and the token as the password",
                        Map.of(
                                "WWW-Authenticate",
                                "Basic realm=\"dealbrain, with a token as the password\", charset=\"UTF-8\"")));
    }

    private static Optional<String> password(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            return Optional.of(pair.substring(pair.indexOf(':') + 1));
        } catch (IllegalArgumentException _) { // no Base64: as good as none
            return Optional.empty();
        }
    }

    private Optional<TokenDao.Bearer> bearer(Request request) {
        return credentials(request, "Bearer ").flatMap(tokens::bearer);
    }

    private static Optional<String> credentials(Request request, String scheme) {
        return request.header("Authorization")
                .filter(header -> header.regionMatches(true, 0, scheme, 0, scheme.length()))
                .map(header -> header.substring(scheme.length()).strip());
    }
}
