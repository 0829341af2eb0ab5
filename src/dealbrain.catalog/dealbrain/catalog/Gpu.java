package dealbrain.catalog;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dealbrain.json.RawJson;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A graphics card. The mark is PassMark's, the score Geekbench's for Metal: more is faster. */
public record Gpu(
        long id,
        String name,
        @Nullable String manufacturer,
        @Nullable Integer gpuMark,
        @Nullable Integer metalScore,
        @Nullable String notes,
        RawJson attributes,
        @JsonIgnore long rowVersion,
        Instant createdAt,
        Instant updatedAt)
        implements Part {}
