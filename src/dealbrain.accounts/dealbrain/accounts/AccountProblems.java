package dealbrain.accounts;

import dealbrain.database.ConstraintViolation;
import dealbrain.http.ProblemException;
import dealbrain.http.ProblemType;
import java.util.function.Supplier;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/** The problems of accounts that several services have. */
final class AccountProblems {
    static final ProblemType DISABLED = ProblemType.forbidden(
            "account-disabled",
            "The account is disabled",
            "An administrator disabled the account and can enable it again. Nothing of it was deleted.");
    static final ProblemType PASSWORD_CHANGE_REQUIRED = ProblemType.forbidden(
            "password-change-required",
            "Choose a password first",
            "The token is from a one-time password. Send PATCH /api/v1/users/me with password, the new one, and"
                    + " current_password, the one-time password. Then the token works for everything.");
    static final ProblemType ONE_TIME_PASSWORD_EXPIRED = ProblemType.forbidden(
            "one-time-password-expired",
            "The one-time password has expired",
            "A one-time password works for one sign-in, within seven days. Ask an administrator for another one.");
    static final ProblemType USERNAME_TAKEN = ProblemType.conflict(
            "username-taken",
            "The username is taken",
            "Choose another username. Upper and lower case make no difference.");
    static final ProblemType EMAIL_TAKEN = ProblemType.conflict(
            "email-taken",
            "The e-mail address is taken",
            "An account with this address exists. Sign in to it, or use another address.");
    static final ProblemType LAST_ADMINISTRATOR = ProblemType.conflict(
            "last-administrator",
            "The last administrator",
            "A server always has an administrator who can sign in with a password of their own. Make another user an"
                    + " administrator first.");
    static final ProblemType OWN_ACCOUNT = ProblemType.conflict(
            "own-account",
            "This is your own account",
            "Administrators cannot lock themselves out: another administrator can do this. Change your own account by"
                    + " PATCH /api/v1/users/me, and delete it by DELETE /api/v1/users/me.");

    private AccountProblems() {}

    static ProblemException disabled() {
        return new ProblemException(DISABLED, "an administrator of this server disabled the account");
    }

    static ProblemException passwordChangeRequired() {
        return new ProblemException(
                PASSWORD_CHANGE_REQUIRED,
                "the password works for one sign-in only: choose another by PATCH /api/v1/users/me with password and"
                        + " current_password");
    }

    static ProblemException usernameTaken(String username) {
        return new ProblemException(USERNAME_TAKEN, "the username " + username + " is taken; choose another");
    }

    /**
     * Returns the result of {@code work}, which writes a user.
     *
     * @throws ProblemException username taken; e-mail address taken; last administrator
     */
    static <T> T translate(String username, @Nullable String email, Supplier<T> work) {
        try {
            return work.get();
        } catch (UnableToExecuteStatementException e) {
            throw switch (ConstraintViolation.of(e)
                    .map(ConstraintViolation::constraint)
                    .orElse("")) {
                case "user_account_username_key" -> usernameTaken(username);
                case "user_account_email_key" ->
                    new ProblemException(EMAIL_TAKEN, "an account with the e-mail address " + email + " exists");
                case "user_account_last_administrator" ->
                    new ProblemException(LAST_ADMINISTRATOR, username + " is the last administrator who can sign in");
                default -> e;
            };
        }
    }

    /** Returns the problem for a one-time password that was used or has expired. */
    static ProblemException oneTimePasswordExpired() {
        return new ProblemException(
                ONE_TIME_PASSWORD_EXPIRED,
                "the one-time password was used or has expired; ask an administrator for another one");
    }
}
