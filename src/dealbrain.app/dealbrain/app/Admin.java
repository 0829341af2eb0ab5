package dealbrain.app;

import dealbrain.accounts.Accounts;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/** Creates the user {@code admin}. */
final class Admin {
    static final String USERNAME = "admin";

    private Admin() {}

    /**
     * Sets the configured password. Without one, creates the user with a random password, unless the user or another
     * administrator who can sign in exists.
     *
     * @return the random password, which must be shown now because only its hash is stored; empty if none was generated
     */
    static Optional<String> prepare(Accounts accounts, AccountsConfig config) {
        if (config.adminPassword().isPresent()) {
            accounts.setAdmin(USERNAME, config.adminPassword().get());
            return Optional.empty();
        }
        if (accounts.findUser(USERNAME).isPresent()) {
            return Optional.empty();
        }
        byte[] random = new byte[15];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().encodeToString(random);
        return accounts.createAdminIfAbsent(USERNAME, password) ? Optional.of(password) : Optional.empty();
    }
}
