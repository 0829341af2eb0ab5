package dealbrain.collections;

import jakarta.validation.constraints.Size;
import java.util.List;

/** A new order: every item of the collection once. */
public record OrderInput(@Size(max = 100_000) List<Long> itemIds) {
    public OrderInput {
        itemIds = List.copyOf(itemIds);
    }
}
