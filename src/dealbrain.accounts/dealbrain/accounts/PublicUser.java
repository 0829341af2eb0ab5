package dealbrain.accounts;

import org.jspecify.annotations.Nullable;

/** The members of a user that other users may see. */
record PublicUser(long id, String username, @Nullable String displayName) {}
