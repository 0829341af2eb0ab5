package dealbrain.catalog;

import dealbrain.json.InputError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stored part that a name means.
 *
 * @param id         null if no part is meant, or more than one may be
 * @param candidates if {@code id} is null, up to five parts that may be meant, the likeliest first
 */
public record PartResolution(@Nullable Long id, Basis basis, List<InputError.Candidate> candidates) {

    /** How a name was compared. */
    public enum Basis {
        /** By the normalised name. */
        NAME,
        /** By its words, which only one part has. */
        WORDS,
        /** Several parts have the name or its words, or the words are those of a family, such as i5. */
        AMBIGUOUS,
        UNKNOWN
    }

    public PartResolution {
        candidates = List.copyOf(candidates);
    }
}
