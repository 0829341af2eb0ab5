package dealbrain.transfer;

import dealbrain.collections.CollectionItem;
import dealbrain.collections.DealCollection;
import dealbrain.json.Json;
import java.io.IOException;
import java.io.Writer;

/** Writes a {@link CollectionFile} in parts, one item per line. */
final class JsonExport implements ExportWriter {
    private final Writer out;
    private String separator = "\n";

    JsonExport(Writer out) {
        this.out = out;
    }

    @Override
    public void begin(DealCollection collection) throws IOException {
        out.write("{\"format\":" + Json.text(CollectionFile.FORMAT) + ",\"version\":" + CollectionFile.VERSION
                + ",\n\"name\":" + Json.text(collection.name()));
        if (collection.description() != null) {
            out.write(",\n\"description\":" + Json.text(collection.description()));
        }
        out.write(",\n\"items\":[");
    }

    @Override
    public void item(CollectionItem item) throws IOException {
        out.write(separator);
        out.write(Json.text(PortableJson.of(item)));
        separator = ",\n";
    }

    @Override
    public void end() throws IOException {
        out.write("\n]}\n");
    }
}
