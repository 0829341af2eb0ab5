package dealbrain.collections;

import jakarta.validation.constraints.Size;
import java.util.List;

/** Many listings that go to the end of a collection, in this order. */
public record ItemsInput(@Size(min = 1, max = 1000) List<Long> listingIds) {
    public ItemsInput {
        listingIds = List.copyOf(listingIds);
    }
}
