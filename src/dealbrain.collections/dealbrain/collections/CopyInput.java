package dealbrain.collections;

import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What a copy of a collection is called; without a name like the collection itself. */
public record CopyInput(@Nullable @Size(min = 1, max = 100) String name) {
}
