package dealbrain.operations;

import java.lang.module.ModuleDescriptor;
import java.util.Optional;

/**
 * The version of dealbrain, from the descriptor of this module. The build writes the content of the file
 * {@code VERSION} into the descriptors of all modules.
 */
public record Version(String version) {
    /** {@code development} where the classes were compiled by other means than the build, as in an IDE. */
    public static final Version CURRENT =
            new Version(Optional.ofNullable(Version.class.getModule().getDescriptor())
                    .flatMap(ModuleDescriptor::rawVersion)
                    .orElse("development"));
}
