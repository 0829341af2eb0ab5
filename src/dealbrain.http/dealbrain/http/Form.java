package dealbrain.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of a form, or the parameters of a query, by name, in the order in which they were sent. Browsers end lines
 * with CR LF, and trim nothing; here lines end with LF, and the texts are without white space around them, except those
 * of {@link #secret}.
 */
public record Form(Map<String, List<String>> fields) {
    static final Form EMPTY = new Form(Map.of());

    public Form {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** Returns the first value of a field; empty if the field is missing. */
    public String text(String name) {
        return secret(name).replace("\r\n", "\n").strip();
    }

    /** Returns the first value of a field; empty if it is missing or blank. */
    public Optional<String> find(String name) {
        return Optional.of(text(name)).filter(text -> !text.isEmpty());
    }

    /** Returns all values of a field, such as those of checkboxes. */
    public List<String> all(String name) {
        return fields.getOrDefault(name, List.of());
    }

    /** Returns whether a checkbox is checked, or a button was pressed. */
    public boolean has(String name) {
        return fields.containsKey(name);
    }

    /** Returns the first value of a field as it was typed, for passwords. */
    public String secret(String name) {
        List<String> values = all(name);
        return values.isEmpty() ? "" : values.getFirst();
    }

    /** Does not contain the values, which may be passwords. */
    @Override
    public String toString() {
        return "Form" + fields.keySet();
    }
}
