package dealbrain.catalog;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dealbrain.json.RawJson;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A processor. The marks are PassMark's: more is faster. */
public record Cpu(
        long id,
        String name,
        @Nullable String manufacturer,
        @Nullable String socket,
        @Nullable Integer cores,
        @Nullable Integer threads,
        @Nullable Integer tdpW,
        @Nullable String igpuModel,
        @Nullable Integer cpuMarkMulti,
        @Nullable Integer cpuMarkSingle,
        @Nullable Integer igpuMark,
        @Nullable Integer releaseYear,
        @Nullable String notes,
        RawJson attributes,
        @JsonIgnore long rowVersion,
        Instant createdAt,
        Instant updatedAt)
        implements Part {}
