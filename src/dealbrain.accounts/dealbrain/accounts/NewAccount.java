package dealbrain.accounts;

import org.jspecify.annotations.Nullable;

/**
 * A user that an administrator created, or whose password an administrator reset.
 *
 * @param oneTimePassword shown only here; null if the administrator set a password
 */
record NewAccount(Account account, @Nullable String oneTimePassword) {
    @Override
    public String toString() {
        return "NewAccount[" + account.id() + "]";
    }
}
