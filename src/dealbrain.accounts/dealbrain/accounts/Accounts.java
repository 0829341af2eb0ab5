package dealbrain.accounts;

import dealbrain.http.Router;
import org.jdbi.v3.core.Jdbi;

/** All that this module does: users, tokens, and who is asking. Safe for use by many threads. */
public record Accounts(UserService users, TokenService tokens, Authentication authentication) {

    /**
     * Makes everything once.
     *
     * @param open whether anybody may sign up
     */
    public static Accounts of(Jdbi jdbi, Passwords passwords, boolean open) {
        TokenService tokens = new TokenService(jdbi, passwords);
        return new Accounts(new UserService(jdbi, passwords, open), tokens, new Authentication(tokens));
    }

    public void routes(Router router) {
        new UserHandler(users, authentication).routes(router);
        new TokenHandler(tokens, authentication).routes(router);
    }
}
