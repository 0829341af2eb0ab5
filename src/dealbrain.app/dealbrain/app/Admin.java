package dealbrain.app;

import dealbrain.accounts.UserService;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/** The user {@code admin}: with the configured password, or with one that is made at the first start. */
final class Admin {
    static final String USERNAME = "admin";

    private Admin() {}

    /** Returns the password that was made and must be told now or never. */
    static Optional<String> prepare(UserService users, Config config) {
        if (config.adminPassword().isPresent()) {
            users.setAdmin(USERNAME, config.adminPassword().get());
            return Optional.empty();
        }
        if (users.find(USERNAME).isPresent()) {
            return Optional.empty();
        }
        byte[] random = new byte[15];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().encodeToString(random);
        return users.createAdminIfAbsent(USERNAME, password) ? Optional.of(password) : Optional.empty();
    }
}
