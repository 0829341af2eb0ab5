package dealbrain.app;

import dealbrain.accounts.Accounts;
import java.util.Optional;

/**
 * User accounts.
 *
 * @param signupOpen     whether anyone can sign up, or only with an invitation
 * @param adminPassword  the new password of {@code admin}; empty to keep the current one
 * @param hashIterations the cost of a password hash
 */
record AccountsConfig(boolean signupOpen, Optional<String> adminPassword, int hashIterations) {
    private static final int TEST_ITERATIONS = 1000;

    private enum SignUp {
        OPEN,
        CLOSED
    }

    static AccountsConfig from(Settings settings, Environment environment) {
        return new AccountsConfig(
                settings.choice(
                                "DEALBRAIN_SIGNUP",
                                environment.isProduction() ? SignUp.CLOSED : SignUp.OPEN,
                                SignUp.class)
                        == SignUp.OPEN,
                settings.value("DEALBRAIN_ADMIN_PASSWORD", AccountsConfig::parsePassword),
                environment == Environment.TEST ? TEST_ITERATIONS : Accounts.HASH_ITERATIONS);
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
