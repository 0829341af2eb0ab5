package dealbrain.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code If-Match} (RFC 9110, section 13.1.1).
 *
 * @param tags the strong entity tags without their quotes; null when any state will do
 */
public record IfMatch(@Nullable List<String> tags) {
    public IfMatch {
        tags = tags == null ? null : List.copyOf(tags);
    }

    /** Holds whatever the stored state is. */
    public static final IfMatch ANY = new IfMatch(null);

    static IfMatch of(@Nullable String header) {
        return header == null || header.strip().equals("*") ? ANY : new IfMatch(EntityTag.strong(header));
    }

    /**
     * Lets pass only a state that the client has seen. Call it with the row locked, before the change.
     *
     * @throws ProblemException precondition failed
     */
    public void require(VersionedResource stored) {
        if (tags != null && tags.stream().noneMatch(tag -> EntityTag.isOfVersion(tag, stored.version()))) {
            throw new ProblemException(
                    ProblemType.PRECONDITION_FAILED, "it was changed since you read it; read it anew, then decide");
        }
    }
}
