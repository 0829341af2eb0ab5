package dealbrain.web;

import dealbrain.http.Form;
import dealbrain.http.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A form that was not processed, because the session had ended or is another one. Pages carry it in hidden fields,
 * until the person sends it again by a button. It never contains passwords. Forms of other sites are refused before.
 *
 * @param action the path that the form was sent to
 * @param fields what was typed and chosen; empty if there is nothing to keep
 */
record Unsent(String action, Form fields) {
    static final Unsent NONE = new Unsent("/", new Form(Map.of()));

    /** The size that pages carry, as a form sends it. */
    static final int MAX_BYTES = 64 * 1024;

    private static final String ACTION = "unsent";
    private static final String PREFIX = ACTION + ".";

    /** What forms contain besides what people type and choose: it is kept, but not shown. */
    private static final Set<String> TECHNICAL = Set.of("tag", "version", "query", "back", "do", "save", "next");

    /** A field that is kept. The template reads it. */
    record Value(String name, String value) {
        String label() {
            String words = name.replace('_', ' ').replace('.', ' ');
            return Character.toUpperCase(words.charAt(0)) + words.substring(1);
        }

        boolean isShown() {
            return !value.isBlank() && !TECHNICAL.contains(name);
        }
    }

    /** Returns the form that a request has sent. */
    static Unsent of(Request request, Form form) {
        Map<String, List<String>> kept = new LinkedHashMap<>(form.fields());
        kept.keySet().removeIf(name -> name.isEmpty() || name.equals("csrf") || isPassword(name));
        return kept.isEmpty() ? NONE : new Unsent(LocalPath.of(request.rawPath()), new Form(kept));
    }

    /** Returns whether the field of this name is one for a password. */
    static boolean isPassword(String name) {
        return name.endsWith("password");
    }

    /** Returns the form that the page has carried which sent {@code form}. */
    static Unsent carriedBy(Form form) {
        Map<String, List<String>> kept = new LinkedHashMap<>();
        form.fields().forEach((name, values) -> {
            if (name.length() > PREFIX.length() && name.startsWith(PREFIX)) {
                kept.put(name.substring(PREFIX.length()), values);
            }
        });
        return kept.isEmpty() ? NONE : new Unsent(LocalPath.of(form.text(ACTION)), new Form(kept));
    }

    boolean isEmpty() {
        return fields.fields().isEmpty();
    }

    /** Returns whether it has more than pages carry. */
    boolean isTooLarge() {
        int prefixes = values().size() * PREFIX.length();
        return QueryString.of(fields).length() + prefixes > MAX_BYTES;
    }

    /** Returns the values in the order in which they were sent. */
    List<Value> values() {
        return fields.fields().entrySet().stream()
                .flatMap(field -> field.getValue().stream().map(value -> new Value(field.getKey(), value)))
                .toList();
    }

    /** Returns the page on which the person sends the form again. */
    Page page(boolean needsPassword) {
        return new Page(
                "unsent",
                "Not sent yet",
                Map.of("action", action, "values", values(), "needs_password", needsPassword));
    }
}
