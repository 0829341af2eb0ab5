package dealbrain.collections;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dealbrain.http.Default;
import dealbrain.http.Texts;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What a collection is made or changed by. */
public record CollectionInput(
        @Size(min = 1, max = 100) @Pattern(regexp = Texts.NOT_BLANK) @JsonPropertyDescription(Texts.NOT_BLANK_TEXT)
        String name,

        @Nullable @Size(max = 1000) String description,
        @Default("\"private\"") Visibility visibility) {

    static CollectionInput of(DealCollection collection) {
        return new CollectionInput(collection.name(), collection.description(), collection.visibility());
    }

    public CollectionInput with(Visibility other) {
        return new CollectionInput(name, description, other);
    }
}
