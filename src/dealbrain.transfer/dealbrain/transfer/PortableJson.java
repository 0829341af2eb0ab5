package dealbrain.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.collections.CollectionItem;
import dealbrain.json.Json;
import dealbrain.listings.Listing;
import java.lang.reflect.RecordComponent;

/** Converts stored items and listings to the JSON of a file, which has only the members of the records of a file. */
final class PortableJson {
    private PortableJson() {}

    /** Returns an item as a {@link CollectionFile.FileItem}. */
    static ObjectNode of(CollectionItem item) {
        ObjectNode portable = withoutNulls(portable(Json.tree(item), CollectionFile.FileItem.class));
        portable.set("listing", of(item.listing()));
        return portable;
    }

    /**
     * Returns a listing as a {@link PortableListing}. Attributes that only the owner sees are an empty object, as an
     * import of the file stores them.
     */
    static ObjectNode of(Listing listing) {
        ObjectNode portable = withoutNulls(portable(Json.tree(listing), PortableListing.class));
        if (listing.attributes() == null) {
            portable.putObject("attributes");
        }
        return portable;
    }

    private static ObjectNode withoutNulls(ObjectNode object) {
        object.properties().removeIf(member -> member.getValue().isNull());
        return object;
    }

    private static ObjectNode portable(JsonNode stored, Class<?> type) {
        ObjectNode portable = Json.object();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = Json.memberName(component);
            JsonNode value = stored.path(name);
            boolean isPart = component.getType().isRecord() && value.isObject();
            portable.set(name, isPart ? portable(value, component.getType()) : value);
        }
        return portable;
    }
}
