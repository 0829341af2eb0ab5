package dealbrain.collections;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dealbrain.json.Default;
import dealbrain.json.TextPatterns;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** The body that creates or changes a collection. */
public record CollectionInput(
        @Size(min = 1, max = 100)
        @Pattern(regexp = TextPatterns.NOT_BLANK)
        @JsonPropertyDescription(TextPatterns.NOT_BLANK_TEXT)
        String name,

        @Nullable @Size(max = 1000) String description,
        @Default("\"private\"") Visibility visibility) {

    static CollectionInput of(DealCollection collection) {
        return new CollectionInput(collection.name(), collection.description(), collection.visibility());
    }

    CollectionInput withVisibility(Visibility other) {
        return new CollectionInput(name, description, other);
    }
}
