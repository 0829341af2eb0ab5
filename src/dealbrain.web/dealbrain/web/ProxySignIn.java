package dealbrain.web;

import dealbrain.accounts.Accounts;
import dealbrain.accounts.Sessions;
import dealbrain.accounts.User;
import dealbrain.http.ProblemException;
import dealbrain.http.ProblemType;
import dealbrain.http.Request;
import java.util.Optional;

/**
 * Single sign-on: a trusted proxy authenticates people, and sends their usernames in a header. The first page that such
 * a person requests starts a session. No account is created.
 */
final class ProxySignIn {
    private static final ProblemType UNKNOWN_USER = ProblemType.forbidden(
            "unknown-user",
            "There is no account for you yet",
            "You are signed in at the proxy in front of this server. Ask an administrator for an account of the same"
                    + " name.");

    private final Accounts accounts;
    private final Sessions sessions;
    private final Optional<String> header;

    ProxySignIn(Accounts accounts, Optional<String> header) {
        this.accounts = accounts;
        this.sessions = accounts.sessions();
        this.header = header;
    }

    /** @param isNew whether the session was started for this request */
    record Result(Request request, boolean isNew) {}

    /**
     * Returns the request as one of the user whom the proxy names; unchanged if it names none.
     *
     * @throws ProblemException unknown user; account disabled
     */
    Result signIn(Request request) {
        Optional<String> username = header.flatMap(request::headerOfProxy);
        if (username.isEmpty() || isOf(request, username.get())) {
            return new Result(request, false);
        }
        User user = accounts.findUser(username.get())
                .orElseThrow(() -> new ProblemException(
                        UNKNOWN_USER, "there is no user " + username.get() + "; an administrator can create one"));
        return new Result(sessions.start(request, user), true);
    }

    private boolean isOf(Request request, String username) {
        return sessions.isIn(request) && sessions.user(request).username().equalsIgnoreCase(username);
    }
}
