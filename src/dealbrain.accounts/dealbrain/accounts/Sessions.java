package dealbrain.accounts;

import dealbrain.accounts.TokenHandler.SignIn;
import dealbrain.http.ProblemException;
import dealbrain.http.Request;
import dealbrain.http.RequestAttribute;
import dealbrain.http.Response;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The sessions of browsers: tokens whose secret is only in a cookie. They end by signing out, by deleting the token, by
 * another password, when the user is disabled, and after {@link #DAYS} days. Thread-safe.
 *
 * <p>Behind TLS the cookie has the prefix {@code __Host-}, so that no other host can set it. Browsers refuse this
 * prefix, and {@code Secure}, without TLS; then the cookie has another name.
 */
public final class Sessions {
    public static final int DAYS = 30;

    /** A proxy authenticates the user again, and a client without cookies leaves a session at each request. */
    private static final int DAYS_BY_PROXY = 1;

    private static final int MAX_PASSWORD = 200;
    private static final String COOKIE = "dealbrain";
    private static final String SECURE_COOKIE = "__Host-" + COOKIE;
    private static final RequestAttribute<String> SECRET = new RequestAttribute<>(String.class);

    private final TokenService tokens;
    private final TokenUses uses;
    private final Authentication authentication;

    Sessions(TokenService tokens, TokenUses uses, Authentication authentication) {
        this.tokens = tokens;
        this.uses = uses;
        this.authentication = authentication;
    }

    /**
     * Returns the request as one of the user of its session, for calls of the API; unchanged if it has no valid session
     * or the user is disabled. One statement if there is a cookie.
     */
    public Request attach(Request request) {
        Optional<String> secret = cookie(request);
        return secret.flatMap(tokens::ofSession)
                .filter(bearer -> !bearer.isDisabled())
                .map(bearer -> attach(request, bearer, secret.orElseThrow()))
                .orElse(request);
    }

    private Request attach(Request request, TokenDao.Bearer bearer, String secret) {
        request.authenticated(bearer.user().id());
        uses.record(bearer.tokenId(), request.client());
        return Authentication.attach(request, bearer).with(SECRET, secret);
    }

    /** Returns the secret in the cookie of a request. */
    static Optional<String> cookie(Request request) {
        Pattern pair = Pattern.compile("(?:^|[;,])\\s*" + name(request) + "=([^;,\\s]*)");
        return request.header("Cookie").map(pair::matcher).filter(Matcher::find).map(matcher -> matcher.group(1));
    }

    /** Returns the name of the cookie, which an address without TLS cannot share with one that has it. */
    private static String name(Request request) {
        return isSecure(request) ? SECURE_COOKIE : COOKIE;
    }

    /** Returns whether the browser uses TLS, as the public address or a trusted proxy says. */
    private static boolean isSecure(Request request) {
        boolean isPublic = request.publicUrl().base().toLowerCase(Locale.ROOT).startsWith("https:");
        return isPublic
                || request.headerOfProxy("X-Forwarded-Proto")
                        .filter(scheme -> scheme.toLowerCase(Locale.ROOT).startsWith("https"))
                        .isPresent();
    }

    /** Returns whether a request has a session. */
    public boolean isIn(Request request) {
        return request.find(SECRET).isPresent();
    }

    /**
     * Returns the text that the forms of a session contain. Another site cannot read it, so that it cannot send them:
     * a keyed hash of the secret, which needs no storage.
     */
    public String formKey(Request request) {
        return request.find(SECRET).map(Sessions::formKey).orElse("");
    }

    private static String formKey(String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            byte[] hash = mac.doFinal("form".getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC with SHA-256", e);
        }
    }

    /** Returns whether a form of the session contains its key. Takes the same time for every wrong key. */
    public boolean isFormKey(Request request, String sent) {
        return MessageDigest.isEqual(
                formKey(request).getBytes(StandardCharsets.UTF_8), sent.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Starts a session for a username and a password, with the limits of {@code POST /api/v1/tokens}.
     *
     * @return the request as one of the user
     * @throws ProblemException invalid credentials; account disabled; one-time password expired; too many requests;
     *                          unavailable: too many passwords wait to be hashed
     */
    public Request signIn(Request request, String username, String password) {
        boolean isPossible = username.length() <= MAX_PASSWORD && password.length() <= MAX_PASSWORD;
        SignIn input = new SignIn(
                isPossible ? username : "", isPossible ? password : "", BrowserName.of(request), Scope.WRITE, DAYS);
        return started(request, tokens.startSession(input, request.network()));
    }

    /**
     * Starts a session for a user whom a trusted proxy has authenticated.
     *
     * @return the request as one of the user
     */
    public Request start(Request request, User user) {
        return started(request, tokens.startSession(user, BrowserName.of(request), DAYS_BY_PROXY));
    }

    private Request started(Request request, NewToken session) {
        return tokens.ofSession(session.token())
                .map(bearer -> attach(request, bearer, session.token()))
                .orElseThrow(() -> new IllegalStateException("the new session is not valid"));
    }

    /** Returns the response with the cookie of the session that was started for the request. */
    public Response withCookie(Request request, Response response) {
        String secret = request.find(SECRET).orElseThrow();
        return withCookie(request, response, secret, "; Max-Age=" + DAYS * 24 * 60 * 60);
    }

    /** Ends the session of a request. Two statements. */
    public void end(Request request) {
        tokens.delete(user(request), authentication.tokenId(request));
    }

    /** Returns the response that deletes the cookie. */
    public Response withoutCookie(Request request, Response response) {
        return withCookie(request, response, "", "; Max-Age=0");
    }

    private static Response withCookie(Request request, Response response, String value, String age) {
        String cookie = name(request) + "=" + value + "; Path=/; HttpOnly; SameSite=Lax" + age
                + (isSecure(request) ? "; Secure" : "");
        return response.with("Set-Cookie", cookie);
    }

    /** Returns the user of a request with a session. */
    public User user(Request request) {
        return authentication.user(request);
    }

    /** Returns the id of the session of a request, which is that of its token. */
    public long id(Request request) {
        return authentication.tokenId(request);
    }

    /** Returns whether the user of the session has to choose a password first. */
    public boolean needsPassword(Request request) {
        return authentication.hasOneTimePassword(request);
    }
}
