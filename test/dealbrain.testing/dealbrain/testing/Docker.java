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

/** Servers in containers, where there is a Docker engine. */
final class Docker {
    private static final Logger LOG = LoggerFactory.getLogger(Docker.class);

    private Docker() {}

    /** Null when no engine answers or it cannot have the image, as where nothing can be pulled. */
    static <C extends GenericContainer<?>> @Nullable C start(String image, Supplier<C> container) {
        if (System.getenv("DOCKER_HOST") == null && !Files.exists(Path.of("/var/run/docker.sock"))) {
            return null;
        }
        C made = null;
        try {
            if (DockerClientFactory.instance().isDockerAvailable()) {
                made = container.get();
                made.start();
                return made;
            }
            LOG.atWarn().addKeyValue("image", image).log("no Docker engine answers; taking a server of our own");
        } catch (RuntimeException | ServiceConfigurationError | LinkageError e) {
            LOG.atWarn()
                    .addKeyValue("image", image)
                    .addKeyValue("reason", e.getMessage())
                    .log("Docker does not have what we need; taking a server of our own");
            if (made != null) {
                made.close();
            }
        }
        return null;
    }
}
