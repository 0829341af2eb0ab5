package dealbrain.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.json.Json;
import java.lang.reflect.RecordComponent;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Changes and compares records by the names of their components. */
public final class Records {
    private Records() {}

    /** Returns a copy of the record with other members, given as a JSON object. */
    public static <T extends Record> T with(T record, String members) {
        ObjectNode tree = (ObjectNode) Json.tree(record);
        tree.setAll(Json.read(members, ObjectNode.class));
        return type(record).cast(Json.read(tree.toString(), type(record)));
    }

    @SuppressWarnings("unchecked") // the class of a T
    private static <T extends Record> Class<T> type(T record) {
        return (Class<T>) record.getClass();
    }

    /**
     * Fails if a component of the record, or of a record of dealbrain within it, is null or empty. A member that is
     * absent from JSON where it is not shown may be null.
     */
    public static void requireComplete(Record record, String path) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = value(record, component);
            String name = path + "." + component.getName();
            if (value == null && component.getAccessor().isAnnotationPresent(JsonInclude.class)) {
                continue;
            }
            assertNotNull(value, name);
            assertFalse(
                    value instanceof List<?> list && list.isEmpty() || value instanceof Map<?, ?> map && map.isEmpty(),
                    name);
            if (value instanceof Record nested && nested.getClass().getName().startsWith("dealbrain.")) {
                requireComplete(nested, name);
            }
        }
    }

    private static Object value(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Fails unless the stored record has each member of the input with an equal value. Numbers may have more zeros. */
    public static void requireAsGiven(Record input, Record stored) {
        JsonNode found = Json.read(Json.text(stored), JsonNode.class);
        Json.read(Json.text(input), JsonNode.class).properties().forEach(member -> {
            JsonNode value = member.getKey().endsWith("_id") && !member.getKey().equals("vendor_item_id")
                    ? found.path(member.getKey().substring(0, member.getKey().length() - 3))
                            .path("id")
                    : found.path(member.getKey());
            boolean absent = member.getValue().isNull() && (value.isNull() || value.isMissingNode());
            assertEquals(
                    0,
                    absent ? 0 : compare(member.getValue(), value),
                    () -> member.getKey() + " was " + member.getValue() + ", is " + value);
        });
    }

    private static int compare(JsonNode given, JsonNode stored) {
        Comparator<JsonNode> byValue = (a, b) -> {
            if (a.isNumber() && b.isNumber()) {
                return a.decimalValue().compareTo(b.decimalValue());
            }
            return a.equals(b) ? 0 : 1;
        };
        return given.equals(byValue, stored) ? 0 : 1;
    }
}
