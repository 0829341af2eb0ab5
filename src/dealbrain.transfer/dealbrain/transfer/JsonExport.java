package dealbrain.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.collections.CollectionItem;
import dealbrain.collections.DealCollection;
import dealbrain.json.Json;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Writes a {@link CollectionFile} in parts, one item per line, within the {@link FileLimits}. */
final class JsonExport implements ExportWriter {
    /** More than the beginning and the end of a file have: name, description and cursor of 1,000 characters each. */
    private static final int FRAME_BYTES = 20_000;

    private static final int FRAME_TOKENS = 100;

    private final Writer out;
    private String separator = "\n";
    private int items;
    private int bytes = FRAME_BYTES;
    private int tokens = FRAME_TOKENS;

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
    public boolean item(CollectionItem item) throws IOException {
        ObjectNode portable = PortableJson.of(item);
        String text = separator + Json.text(portable);
        items++;
        bytes += text.getBytes(StandardCharsets.UTF_8).length;
        tokens += tokens(portable);
        if (items > FileLimits.MAX_ITEMS || bytes > FileLimits.MAX_BYTES || tokens > FileLimits.MAX_TOKENS) {
            return false;
        }
        out.write(text);
        separator = ",\n";
        return true;
    }

    /** Returns the number of names, values and brackets. */
    private static int tokens(JsonNode node) {
        if (node.isPojo()) { // JSON that is copied as it is stored
            return tokens(Json.parse(Json.bytes(node)));
        }
        int brackets = node.isContainerNode() ? 2 : 1;
        int names = node.isObject() ? node.size() : 0;
        return brackets
                + names
                + node.valueStream().mapToInt(JsonExport::tokens).sum();
    }

    @Override
    public void end(Optional<String> next) throws IOException {
        out.write("\n]");
        if (next.isPresent()) {
            out.write(",\n\"next\":" + Json.text(next.get()));
        }
        out.write("}\n");
    }
}
