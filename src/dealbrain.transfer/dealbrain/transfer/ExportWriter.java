package dealbrain.transfer;

import dealbrain.collections.CollectionItem;
import dealbrain.collections.DealCollection;
import java.io.IOException;

/** Writes a collection in one of the formats: {@link #begin}, then {@link #item} for each item, then {@link #end}. */
interface ExportWriter {
    void begin(DealCollection collection) throws IOException;

    void item(CollectionItem item) throws IOException;

    void end() throws IOException;
}
