package dealbrain.transfer;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dealbrain.collections.ItemStatus;
import dealbrain.json.TextPatterns;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A collection as a file that every server can import (docs/export-format.md). Ids are ignored: they have no meaning on
 * another server. So is {@code next}, the cursor of the next file of an export that does not fit into one.
 *
 * @param items in the order of the collection
 */
@JsonIgnoreProperties({"id", "user_id", "next"})
record CollectionFile(
        @Pattern(regexp = "^" + FORMAT + "$") @JsonPropertyDescription(FORMAT)
        String format,

        @Min(VERSION) @Max(VERSION) int version,

        @Size(min = 1, max = 100)
        @Pattern(regexp = TextPatterns.NOT_BLANK)
        @JsonPropertyDescription(TextPatterns.NOT_BLANK_TEXT)
        String name,

        @Nullable @Size(max = 1000) String description,
        @Size(max = FileLimits.MAX_ITEMS) List<FileItem> items) {
    static final String FORMAT = "dealbrain-collection";
    static final int VERSION = 1;

    /**
     * A listing in the collection.
     *
     * @param status null in files of users who do not own the collection; imported as undecided
     */
    @JsonIgnoreProperties({"id", "collection_id", "listing_id"})
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record FileItem(
            @Nullable ItemStatus status,
            @Nullable @Size(max = 500) String notes,
            PortableListing listing) {}

    CollectionFile {
        items = List.copyOf(items);
    }

    List<PortableListing> listings() {
        return items.stream().map(FileItem::listing).toList();
    }
}
