package dealbrain.http;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dealbrain.json.ThingInput;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A resource with a version and a nullable member of each kind. */
public record Thing(
        long id,
        String name,
        @Nullable String note,
        @Nullable BigDecimal price,
        ThingInput.@Nullable Color color,
        @Nullable Instant seenAt,
        @Nullable Thing within,
        List<String> labels,
        @JsonIgnore long rowVersion)
        implements VersionedResource {
    static Thing of(long id) {
        return new Thing(id, "thing " + id, null, new BigDecimal("12.50"), null, null, null, List.of(), 3);
    }

    @Override
    public long version() {
        return rowVersion;
    }
}
