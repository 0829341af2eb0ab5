package dealbrain.web;

import dealbrain.http.Form;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Queries of links between pages. */
final class QueryString {
    private QueryString() {}

    /** Returns the fields that are among {@code names} and not empty, to pass them to the API. */
    static Form only(Form form, String... names) {
        Map<String, List<String>> fields = new HashMap<>();
        for (String name : names) {
            form.find(name).ifPresent(value -> fields.put(name, List.of(value)));
        }
        return new Form(fields);
    }

    /** Returns the form with a field added or replaced. */
    static Form with(Form form, String name, String value) {
        Map<String, List<String>> fields = new HashMap<>(form.fields());
        fields.put(name, List.of(value));
        return new Form(fields);
    }

    /** Returns a query with its question mark. */
    static String of(Form form) {
        return "?"
                + form.fields().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .flatMap(field ->
                                field.getValue().stream().map(value -> encoded(field.getKey()) + "=" + encoded(value)))
                        .collect(Collectors.joining("&"));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
