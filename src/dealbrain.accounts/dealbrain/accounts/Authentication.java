package dealbrain.accounts;

import dealbrain.http.Access;
import dealbrain.http.Attribute;
import dealbrain.http.Filter;
import dealbrain.http.Handler;
import dealbrain.http.ProblemException;
import dealbrain.http.Request;
import dealbrain.http.Response;
import java.util.Optional;

/**
 * Who is asking, by {@code Authorization: Bearer} (RFC 6750, section 2.1) and nothing else. As a filter it holds each
 * request to what its route asks for, before a handler sees it; one statement for a request that needs a token.
 */
public final class Authentication implements Filter {
    private static final Attribute<User> USER = new Attribute<>(User.class);
    private static final Attribute<Long> TOKEN_ID = new Attribute<>(Long.class);
    private static final String HOW = "send the header Authorization: Bearer dbt_…; POST /api/v1/tokens makes a token";

    private final TokenService tokens;

    public Authentication(TokenService tokens) {
        this.tokens = tokens;
    }

    @Override
    public Response filter(Request request, Handler next) {
        if (request.route().access() == Access.PUBLIC || request.route().access() == Access.OPTIONAL) {
            return next.handle(request);
        }
        TokenDao.Bearer bearer = bearer(request).orElseThrow(() -> ProblemException.unauthorized(HOW));
        requireAllowed(request, bearer);
        return next.handle(request.with(USER, bearer.user()).with(TOKEN_ID, bearer.tokenId()));
    }

    private static void requireAllowed(Request request, TokenDao.Bearer bearer) {
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        Access access = request.route().access();
        if (access == Access.ADMIN && !bearer.user().isAdmin()) {
            throw ProblemException.forbidden("only an administrator may do this");
        }
        boolean writes = access == Access.WRITE || (access == Access.ADMIN && !reads);
        if (writes && bearer.scope() != Scope.WRITE) {
            throw ProblemException.forbidden("this needs a token with the scope write; yours has the scope read");
        }
    }

    /** Who asks, on a route that needs a token. */
    public User user(Request request) {
        return request.find(USER).orElseThrow(() -> new IllegalStateException(request.route().template() + " needs no token"));
    }

    /** The id of the token that asks, on a route that needs one. */
    long tokenId(Request request) {
        return request.find(TOKEN_ID).orElseThrow(() -> new IllegalStateException(request.route().template() + " needs no token"));
    }

    /**
     * Who asks, on a public route that shows more to some; empty for a request without a token. One statement with one.
     *
     * @throws ProblemException unauthorized, when there is a token that is not valid
     */
    public Optional<User> viewer(Request request) {
        return request.header("Authorization").isEmpty() ? Optional.empty()
                : Optional.of(bearer(request).orElseThrow(() -> ProblemException.unauthorized("this token is not valid; " + HOW)).user());
    }

    private Optional<TokenDao.Bearer> bearer(Request request) {
        return request.header("Authorization")
                .filter(header -> header.regionMatches(true, 0, "Bearer ", 0, 7))
                .flatMap(header -> tokens.bearer(header.substring(7).strip()));
    }
}
