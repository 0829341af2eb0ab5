package dealbrain.app;

import dealbrain.accounts.Accounts;
import dealbrain.http.TrustedProxies;
import java.util.Optional;

/**
 * User accounts.
 *
 * @param signupOpen     whether anyone can sign up, or only with an invitation
 * @param adminPassword  the new password of {@code admin}; empty to keep the current one
 * @param hashIterations the cost of a password hash
 * @param userHeader     the header in which a trusted proxy sends the username of a person; empty for no single sign-on
 */
record AccountsConfig(
        boolean signupOpen, Optional<String> adminPassword, int hashIterations, Optional<String> userHeader) {
    private static final int TEST_ITERATIONS = 1000;
    private static final String USER_HEADER = "DEALBRAIN_TRUSTED_USER_HEADER";

    private enum SignUp {
        OPEN,
        CLOSED
    }

    static AccountsConfig from(Settings settings, Environment environment, HttpConfig http) {
        return new AccountsConfig(
                settings.choice(
                                "DEALBRAIN_SIGNUP",
                                environment.isProduction() ? SignUp.CLOSED : SignUp.OPEN,
                                SignUp.class)
                        == SignUp.OPEN,
                settings.value("DEALBRAIN_ADMIN_PASSWORD", AccountsConfig::parsePassword),
                environment == Environment.TEST ? TEST_ITERATIONS : Accounts.HASH_ITERATIONS,
                userHeader(settings, http));
    }

    /** Without trusted proxies, every client could send the header. */
    private static Optional<String> userHeader(Settings settings, HttpConfig http) {
        Optional<String> name = settings.value(USER_HEADER, AccountsConfig::parseHeader);
        settings.require(
                name.isEmpty() || http.trustedProxies() != TrustedProxies.NONE,
                USER_HEADER,
                "needs DEALBRAIN_TRUSTED_PROXIES, because the header is accepted from these proxies only");
        return name;
    }

    private static String parseHeader(String text) {
        if (!text.matches("[A-Za-z0-9-]{1,64}")) {
            throw new IllegalArgumentException("must be the name of a header, such as Remote-User, was " + text);
        }
        return text;
    }

    private static String parsePassword(String text) {
        if (text.length() < 10 || text.length() > 200) {
            throw new IllegalArgumentException("must have between 10 and 200 characters");
        }
        return text;
    }

    /** Does not contain the password. */
    @Override
    public String toString() {
        return "AccountsConfig[signupOpen=" + signupOpen + "]";
    }
}
