package dealbrain.catalog;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sockets of a case, in the order in which they were given. */
public record PortsProfile(
        long id,
        String name,
        @Nullable String description,
        List<Port> ports,
        @JsonIgnore long rowVersion,
        Instant createdAt,
        Instant updatedAt)
        implements Part {
    public PortsProfile {
        ports = List.copyOf(ports);
    }
}
