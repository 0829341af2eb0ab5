package dealbrain.http;

import dealbrain.json.InputError;
import dealbrain.json.InputSchemas;
import dealbrain.json.InvalidInputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the query of a route that links lead to. Social networks, mail programs and newsletters append parameters, and
 * texts around a link damage its end. So unknown parameters are ignored, and invalid ones have their defaults.
 */
final class LinkQuery {
    private LinkQuery() {}

    /**
     * Returns the valid parameters of a query.
     *
     * @param type the record of the parameters that the route declares; null for none
     */
    static Map<String, List<String>> read(@Nullable String rawQuery, @Nullable Class<?> type, InputSchemas schemas) {
        if (rawQuery == null || type == null) {
            return Map.of();
        }
        return read(UriDecoder.lenientQuery(rawQuery), type, schemas);
    }

    /** Returns the valid parameters of a decoded query. */
    static Map<String, List<String>> read(Map<String, List<String>> decoded, Class<?> type, InputSchemas schemas) {
        Map<String, List<String>> query = new LinkedHashMap<>(decoded);
        query.keySet().removeIf(name -> !schemas.input(type).properties().has(name));
        return query.isEmpty() ? Map.of() : valid(query, type.asSubclass(Record.class), schemas);
    }

    private static Map<String, List<String>> valid(
            Map<String, List<String>> query, Class<? extends Record> type, InputSchemas schemas) {
        try {
            schemas.bindQuery(query, type);
            return query;
        } catch (InvalidInputException e) {
            Map<String, List<String>> valid = new LinkedHashMap<>(query);
            valid.keySet()
                    .removeAll(e.errors().stream()
                            .map(InputError::parameter)
                            .filter(name -> !isTooFar(name, query, type))
                            .toList());
            return valid;
        }
    }

    /** An offset that is too large is an error: with its default, a client that counts it up would never end. */
    private static boolean isTooFar(String name, Map<String, List<String>> query, Class<?> type) {
        return name.equals("offset")
                && PagedQuery.class.isAssignableFrom(type)
                && query.getOrDefault(name, List.of()).stream().allMatch(text -> text.matches("\\d+"));
    }
}
