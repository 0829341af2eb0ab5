package dealbrain.transfer;

import dealbrain.collections.CollectionItem;
import dealbrain.collections.DealCollection;
import java.io.IOException;
import java.util.Optional;

/** Writes a collection in one of the formats: {@link #begin}, then {@link #item} for each item, then {@link #end}. */
interface ExportWriter {
    void begin(DealCollection collection) throws IOException;

    /** Writes an item; returns false, and writes nothing, if the file is full. */
    boolean item(CollectionItem item) throws IOException;

    /**
     * Writes the end of the file.
     *
     * @param next the cursor of the items that did not fit into the file
     */
    void end(Optional<String> next) throws IOException;
}
