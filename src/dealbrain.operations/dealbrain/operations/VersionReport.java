package dealbrain.operations;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What changed since the version that was first used before this one.
 *
 * @param previous null if no earlier version has statistics
 * @param changes  routes, then statements, each by name
 */
record VersionReport(String version, @Nullable String previous, List<VersionChange> changes) {
    VersionReport {
        changes = List.copyOf(changes);
    }
}
