package dealbrain.perf;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A build of the application.
 *
 * @param name  for the report
 * @param alias for databases, log files and namespaces in Redis
 */
record Program(String name, String alias, List<String> command) {
    /** Returns the build that this module was compiled with. */
    static Program current() {
        return new Program("this build", "current", ServerProcess.java("dealbrain.app"));
    }

    /**
     * Returns the build of another checkout.
     *
     * @throws IllegalArgumentException {@code ./build.sh compile} did not run in {@code checkout}
     */
    static Program of(Path checkout) {
        Path modules = checkout.resolve("build", "modules");
        if (!Files.isDirectory(modules)) {
            throw new IllegalArgumentException(modules + " does not exist: run ./build.sh compile in " + checkout);
        }
        String modulePath = modules + File.pathSeparator + checkout.resolve("lib", "main");
        return new Program(checkout.toString(), "other", ServerProcess.java(modulePath, "dealbrain.app"));
    }
}
