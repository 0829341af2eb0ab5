package dealbrain.web;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.http.ApiCalls;
import dealbrain.http.Form;
import dealbrain.http.ProblemException;
import dealbrain.http.ProblemType;
import dealbrain.http.Request;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds the deals that a new one may repeat: of the same source, or with the same title. Thread-safe. */
final class Duplicates {
    private static final int MAX_WORDS = 200;

    private final ApiCalls api;

    Duplicates(ApiCalls api) {
        this.api = api;
    }

    /** Returns rows with {@code id}, {@code title} and {@code why}. */
    List<Map<String, Object>> of(Request request, Form form) {
        Map<String, Map<String, Object>> found = new LinkedHashMap<>();
        ofSource(request, form)
                .ifPresent(listing -> found.put(
                        listing.path("id").asText(), row(listing, "is your deal with this number on the marketplace")));
        String title = normalised(form.text("title"));
        if (!title.isEmpty()) {
            Map<String, List<String>> query = Map.of(
                    "q",
                    List.of(title.substring(0, title.offsetByCodePoints(0, Math.min(MAX_WORDS, codePoints(title))))),
                    "limit",
                    List.of("20"),
                    "count",
                    List.of("none"));
            for (JsonNode listing :
                    api.get(request, "/api/v1/listings", new Form(query)).json()) {
                if (normalised(listing.path("title").asText()).equals(title)) {
                    found.putIfAbsent(listing.path("id").asText(), row(listing, "has the same title"));
                }
            }
        }
        return List.copyOf(found.values());
    }

    private Optional<JsonNode> ofSource(Request request, Form form) {
        String marketplace = form.text("marketplace");
        String item = form.text("vendor_item_id");
        if (marketplace.isEmpty() || item.isEmpty()) {
            return Optional.empty();
        }
        try {
            String path = "/api/v1/listings/by-source/" + segment(marketplace) + "/" + segment(item);
            return Optional.of(api.get(request, path).json());
        } catch (ProblemException e) {
            boolean isNone = e.type().equals(ProblemType.NOT_FOUND) || e.type().equals(ProblemType.INVALID);
            if (!isNone) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static int codePoints(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String normalised(String title) {
        return title.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> row(JsonNode listing, String why) {
        return Map.of(
                "id", listing.path("id").asText(),
                "title", listing.path("title").asText(),
                "why", why);
    }
}
