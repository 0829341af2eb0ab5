package dealbrain.app;

import dealbrain.accounts.Accounts;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/** The user {@code admin}: with the configured password, or with one that is made at the first start. */
final class Admin {
    static final String USERNAME = "admin";

    private Admin() {}

    /** Returns the password that was made and must be told now or never. */
    static Optional<String> prepare(Accounts accounts, Config config) {
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
