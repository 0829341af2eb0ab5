package dealbrain.accounts;

import org.jspecify.annotations.Nullable;

/** What any user may know of another. */
public record PublicUser(long id, String username, @Nullable String displayName) {}
