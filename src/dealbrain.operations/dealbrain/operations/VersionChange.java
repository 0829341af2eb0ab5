package dealbrain.operations;

import org.jspecify.annotations.Nullable;

/**
 * A route or a statement in this version and in the one before.
 *
 * @param name   a route, or a DAO method
 * @param before null if that version did not execute it
 */
record VersionChange(
        VersionSubject kind,
        String name,
        VersionStatistics now,
        @Nullable VersionStatistics before) {}
