package dealbrain.listings;

import jakarta.validation.constraints.Size;
import java.util.List;

/** Many listings at once, all or nothing. */
public record BulkInput(@Size(min = 1, max = 500) List<ListingInput> listings) {
    public BulkInput {
        listings = List.copyOf(listings);
    }
}
