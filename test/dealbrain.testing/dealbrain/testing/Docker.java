package dealbrain.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceConfigurationError;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/** Starts servers in Docker containers. */
final class Docker {
    private static final Logger LOG = LoggerFactory.getLogger(Docker.class);

    private Docker() {}

    /** Starts a container. Returns null if no Docker engine is available, or if it has no image and cannot pull it. */
    static <C extends GenericContainer<?>> @Nullable C start(String image, Supplier<C> container) {
        if (System.getenv("DOCKER_HOST") == null && !Files.exists(Path.of("/var/run/docker.sock"))) {
            return null;
        }
        C started = null;
        try {
            if (DockerClientFactory.instance().isDockerAvailable()) {
                started = container.get();
                started.start();
                return started;
            }
            LOG.atWarn().addKeyValue("image", image).log("no Docker engine available; starting a server process");
        } catch (RuntimeException | ServiceConfigurationError | LinkageError e) {
            LOG.atWarn()
                    .addKeyValue("image", image)
                    .addKeyValue("reason", e.getMessage())
                    .log("container did not start; starting a server process");
            if (started != null) {
                started.close();
            }
        }
        return null;
    }
}
