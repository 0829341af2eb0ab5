package dealbrain.transfer;

import dealbrain.collections.CollectionItem;
import dealbrain.collections.DealCollection;
import java.io.IOException;

/** Writes a collection in one of the formats: first its beginning, then each item, then its end. */
interface ExportWriter {
    void begin(DealCollection collection) throws IOException;

    void item(CollectionItem item) throws IOException;

    void end() throws IOException;
}
