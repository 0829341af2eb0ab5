package dealbrain.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code If-Match} (RFC 9110, section 13.1.1).
 *
 * @param tags the strong entity tags without their quotes; null if any state is accepted
 */
public record IfMatch(@Nullable List<String> tags) {
    public IfMatch {
        tags = tags == null ? null : List.copyOf(tags);
    }

    /** Accepts any state. */
    public static final IfMatch ANY = new IfMatch(null);

    static IfMatch of(@Nullable String header) {
        return header == null || header.strip().equals("*") ? ANY : new IfMatch(EntityTag.parseStrong(header));
    }

    /**
     * Requires that the client has seen the current state of a resource. Call it before the change, with the row
     * locked.
     *
     * @throws ProblemException precondition failed
     */
    public void require(VersionedResource stored) {
        if (tags != null && tags.stream().noneMatch(tag -> EntityTag.isOfVersion(tag, stored.version()))) {
            throw new ProblemException(
                    ProblemType.PRECONDITION_FAILED,
                    "the resource changed since you read it; read it again before you change it");
        }
    }
}
