package dealbrain.catalog;

import dealbrain.database.RecordColumns;
import dealbrain.json.Json;
import dealbrain.json.RawJson;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;

/** Columns that have the names of JSON members, so that a table can be written from the JSON of a record. */
public final class JsonColumns implements RecordColumns.Mapping {
    private static final JsonColumns MAPPING = new JsonColumns();

    private JsonColumns() {}

    public static <R> RecordColumns<R> of(Class<R> type) {
        return RecordColumns.of(type, MAPPING);
    }

    @Override
    public String name(RecordComponent component) {
        return Json.memberName(component);
    }

    @Override
    public Object decode(String json, Type type) {
        return type == RawJson.class ? new RawJson(json) : Json.read(json, type);
    }
}
