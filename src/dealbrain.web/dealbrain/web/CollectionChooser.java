package dealbrain.web;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.http.ApiCalls;
import dealbrain.http.ProblemException;
import dealbrain.http.Request;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The collections of a user, to choose the one that deals are added to. Thread-safe. */
final class CollectionChooser {
    /** The name of the field. */
    static final String FIELD = "collection";

    /** The choice of those who have no collection yet. */
    private static final String NEW = "new";

    private static final String NEW_NAME = "My deals";
    private static final Pattern ID = Pattern.compile("\\d{1,18}");

    private final ApiCalls api;

    CollectionChooser(ApiCalls api) {
        this.api = api;
    }

    /** Returns the names of the collections by their ids, the last changed one first; without any, a new one. */
    Map<String, String> choices(Request request) {
        JsonNode all =
                api.get(request, "/api/v1/collections?limit=100&count=none").json();
        Map<String, String> choices = new LinkedHashMap<>();
        all.valueStream()
                .sorted(Comparator.comparing((JsonNode each) -> Times.instant(each.path("updated_at")))
                        .reversed())
                .forEach(each ->
                        choices.put(each.path("id").asText(), each.path("name").asText()));
        return choices.isEmpty() ? new LinkedHashMap<>(Map.of(NEW, NEW_NAME + " (new)")) : choices;
    }

    /**
     * Adds deals to the chosen collection. Those that are in it already stay.
     *
     * @throws ProblemException not found; forbidden; invalid
     */
    void add(Request request, String choice, List<String> listingIds) {
        if (Stream.concat(Stream.of(choice.equals(NEW) ? "0" : choice), listingIds.stream())
                .anyMatch(id -> !ID.matcher(id).matches())) {
            throw ProblemException.notFound("collection", choice);
        }
        api.post(
                request,
                "/api/v1/collections/" + (choice.equals(NEW) ? first(request) : choice) + "/items/bulk",
                Map.of("listing_ids", listingIds.stream().map(Long::valueOf).toList()));
    }

    /** A form may be sent twice, and other tabs have forms that were made before the first collection. */
    private String first(Request request) {
        String first = choices(request).keySet().iterator().next();
        return first.equals(NEW) ? create(request) : first;
    }

    private String create(Request request) {
        return api.post(request, "/api/v1/collections", Map.of("name", NEW_NAME))
                .json()
                .path("id")
                .asText();
    }
}
