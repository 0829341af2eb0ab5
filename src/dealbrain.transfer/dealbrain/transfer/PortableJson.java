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

    /** Returns an item as a {@link CollectionFile.Item}. */
    static ObjectNode of(CollectionItem item) {
        ObjectNode portable = withoutNulls(portable(Json.tree(item), CollectionFile.Item.class));
        portable.set("listing", of(item.listing()));
        return portable;
    }

    /** Returns a listing as a {@link PortableListing}. */
    static ObjectNode of(Listing listing) {
        return withoutNulls(portable(Json.tree(listing), PortableListing.class));
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
