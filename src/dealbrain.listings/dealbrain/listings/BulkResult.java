package dealbrain.listings;

import java.util.List;

/** What was made of many inputs; the ids are in the order of the inputs. */
public record BulkResult(int created, List<Long> ids) {
    public BulkResult {
        ids = List.copyOf(ids);
    }
}
