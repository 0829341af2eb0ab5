package dealbrain.app;

import dealbrain.testing.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An operation of the OpenAPI document that changes something: every one whose method is not GET. */
record WriteOperation(String method, String template) {
    static List<WriteOperation> all(Api api) {
        List<WriteOperation> operations = new ArrayList<>();
        api.get("/openapi.json")
                .json()
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(name -> {
                    String method = name.toUpperCase(Locale.ROOT);
                    if (List.of("POST", "PUT", "PATCH", "DELETE").contains(method)) {
                        operations.add(new WriteOperation(method, path.getKey()));
                    }
                }));
        return operations;
    }

    @Override
    public String toString() {
        return method + " " + template;
    }
}
