package dealbrain.accounts;

import org.jspecify.annotations.Nullable;

/**
 * What an action was done to.
 *
 * @param kind the name of a table, such as {@code user} or {@code cpu}, or of a part of the server, such as
 *             {@code cache}
 * @param id   null if there is only one of its kind, and for many at once
 * @param name stored with the entry, because the target may be deleted; must not be a secret
 */
public record AuditTarget(
        String kind, @Nullable Long id, @Nullable String name) {
    static final String USER = "user";

    public static AuditTarget of(User user) {
        return new AuditTarget(USER, user.id(), user.username());
    }

    public static AuditTarget of(String kind, long id) {
        return new AuditTarget(kind, id, null);
    }

    /** Returns the target for the only one of its kind, or for many at once. */
    public static AuditTarget of(String kind) {
        return new AuditTarget(kind, null, null);
    }
}
