package dealbrain.inbox;

import org.jspecify.annotations.Nullable;

/** Where a received share goes: into a collection of the recipient's, or without one into "My Deals". */
public record UserShareImport(@Nullable Long collectionId) {}
