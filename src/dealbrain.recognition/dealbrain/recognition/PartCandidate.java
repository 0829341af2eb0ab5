package dealbrain.recognition;

import org.jspecify.annotations.Nullable;

/** A part that may be meant; {@code id} is null if the catalog does not have it. */
record PartCandidate(String field, @Nullable Long id, String name) {}
