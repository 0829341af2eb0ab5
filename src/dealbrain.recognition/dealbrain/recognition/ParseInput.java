package dealbrain.recognition;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.json.TextOrJson;
import jakarta.validation.constraints.Size;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An offer as a client found it: any of its title, its text, its address, its JSON-LD and its page.
 *
 * @param jsonLd a text as it is in the page, or the parsed JSON
 */
record ParseInput(
        @Nullable @Size(max = MAX) String title,
        @Nullable @Size(max = MAX) String text,
        @Nullable @Size(max = MAX) String url,
        @Nullable @TextOrJson(maxLength = MAX) JsonNode jsonLd,
        @Nullable @Size(max = MAX) String html) {
    private static final int MAX = 256 * 1024;

    /** Returns the JSON-LD as a text; null if there is none. */
    @Nullable
    String jsonLdText() {
        if (jsonLd == null || jsonLd.isNull()) {
            return null;
        }
        return jsonLd.isTextual() ? jsonLd.textValue() : jsonLd.toString();
    }

    boolean isBlank() {
        return Stream.of(title, text, url, jsonLdText(), html)
                .filter(Objects::nonNull)
                .allMatch(String::isBlank);
    }
}
