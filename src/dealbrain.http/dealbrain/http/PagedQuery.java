package dealbrain.http;

import dealbrain.json.InputError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The query of a list that is returned page by page. Its other components are the filters and the sort order, to which
 * {@link ListCursors} bind a cursor.
 */
public interface PagedQuery {
    /** The largest offset, because a database reads all rows before the page. A cursor has no such limit. */
    int MAX_OFFSET = 10_000;

    int MAX_CURSOR = 1000;

    /** The parameters of every list. */
    List<String> PARAMETERS = List.of("limit", "offset", "cursor", "count");

    /** Returns the maximum number of elements of the page. */
    int limit();

    /** Returns the number of elements before the page. */
    int offset();

    /** Returns the place after which the page starts, from the header {@code Link} of another page. */
    @Nullable
    String cursor();

    CountMode count();

    default PageRequest page() {
        return new PageRequest(limit(), offset());
    }

    /**
     * Checks that there are not both a cursor and an offset.
     *
     * @throws ProblemException invalid, if there are both
     */
    default void requireOnePosition() {
        if (cursor() != null && offset() > 0) {
            throw ProblemException.invalid(
                    List.of(InputError.in("offset", "offset must be left out if there is a cursor, was " + offset())));
        }
    }

    /** Adds to an error of a large offset how to read further. */
    static InputError explained(InputError error) {
        boolean isTooLarge = error.detail().matches(".*between.*, was \\d+");
        return isTooLarge && "offset".equals(error.parameter())
                ? InputError.in(
                        "offset",
                        error.detail() + "; read on with the cursor from the header Link (rel=\"next\") of a page")
                : error;
    }
}
