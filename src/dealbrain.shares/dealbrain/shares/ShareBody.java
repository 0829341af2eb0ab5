package dealbrain.shares;

import com.fasterxml.jackson.annotation.JsonProperty;
import dealbrain.http.CachedBody;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The cached response body of a link, as JSON or HTML. Thread-safe.
 *
 * <p>JSON contains the number of views, the only value that changes without invalidating the cache entry. Therefore
 * JSON is cached in two parts, the bytes before and after this number, and {@link #withViews} joins them around the
 * current one. HTML shows no number of views, and is cached in one part.
 */
final class ShareBody {
    private static final byte[] VIEW_COUNT = "\"view_count\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NO_BYTES = {};
    /** The objects that refer to the bytes: this one, its texts, and the headers of its arrays. */
    private static final int OBJECT_BYTES = 250;

    @JsonProperty("share_id")
    private final long shareId;

    @JsonProperty("viewed_id")
    private final long viewedId;

    @JsonProperty("view_count")
    private final long viewCount;

    @JsonProperty("media_type")
    private final String mediaType;

    @JsonProperty("tag")
    private final String tag;

    @JsonProperty("head")
    private final byte[] head;

    @JsonProperty("tail")
    private final byte[] tail;

    private volatile @Nullable BodyWithViews latest;

    /** The joined body for a number of views. */
    private record BodyWithViews(long views, CachedBody body) {}

    @SuppressWarnings("UnusedMethod") // called by Jackson
    private ShareBody() {
        this(0, 0, 0, "", "", NO_BYTES, NO_BYTES);
    }

    private ShareBody(
            long shareId, long viewedId, long viewCount, String mediaType, String tag, byte[] head, byte[] tail) {
        this.shareId = shareId;
        this.viewedId = viewedId;
        this.viewCount = viewCount;
        this.mediaType = mediaType;
        this.tag = tag;
        this.head = head;
        this.tail = tail;
    }

    /**
     * Returns a body for the cache.
     *
     * @param shareId   the id of the link, whose views are counted
     * @param viewedId  the id of the collection, whose views are counted too; for a listing the id of the link again
     * @param viewCount the number of views when the target was read
     * @param body      JSON, whose first member {@code view_count} is the number of views; or HTML
     */
    static ShareBody of(long shareId, long viewedId, long viewCount, String mediaType, byte[] body) {
        // 1. Find the number. A text cannot contain the name of the member in quotes, because JSON escapes quotes in
        // texts.
        int start = indexAfter(body, VIEW_COUNT);
        if (start < 0) {
            return new ShareBody(shareId, viewedId, viewCount, mediaType, CachedBody.tagOf(body), body, NO_BYTES);
        }
        int end = start;
        while (body[end] >= '0' && body[end] <= '9') {
            end++;
        }
        // 2. Cut it out.
        byte[] head = Arrays.copyOf(body, start);
        byte[] tail = Arrays.copyOfRange(body, end, body.length);
        // 3. The entity tag is that of the body with 0 views: it must not change with the number (RFC 9110, section
        // 8.8.1).
        String tag = CachedBody.tagOf(join(head, 0, tail));
        return new ShareBody(shareId, viewedId, viewCount, mediaType, tag, head, tail);
    }

    private static int indexAfter(byte[] bytes, byte[] wanted) {
        for (int i = 0; i <= bytes.length - wanted.length; i++) {
            if (bytes[i] == wanted[0] && Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i + wanted.length;
            }
        }
        return -1;
    }

    private static byte[] join(byte[] head, long views, byte[] tail) {
        byte[] digits = Long.toString(views).getBytes(StandardCharsets.US_ASCII);
        byte[] joined = Arrays.copyOf(head, head.length + digits.length + tail.length);
        System.arraycopy(digits, 0, joined, head.length, digits.length);
        System.arraycopy(tail, 0, joined, head.length + digits.length, tail.length);
        return joined;
    }

    long shareId() {
        return shareId;
    }

    long viewedId() {
        return viewedId;
    }

    long viewCount() {
        return viewCount;
    }

    /**
     * Returns the approximate size in memory in bytes. It includes the body with the latest number of views, which is
     * a second copy of the bytes if they contain this number.
     */
    int size() {
        int bytes = head.length + tail.length;
        int copy = tail.length == 0 ? 0 : bytes;
        return OBJECT_BYTES + bytes + copy + bytes / 6; // and the copy in compressed form
    }

    /** Returns whether both bodies are equal without their numbers of views. */
    boolean hasSameContent(ShareBody other) {
        return shareId == other.shareId
                && viewedId == other.viewedId
                && mediaType.equals(other.mediaType)
                && tag.equals(other.tag)
                && Arrays.equals(head, other.head)
                && Arrays.equals(tail, other.tail);
    }

    /** Returns the body with a number of views. Caches the latest one. The entity tag does not depend on the number. */
    CachedBody withViews(long views) {
        BodyWithViews current = latest;
        if (current != null && current.views() == views) {
            return current.body();
        }
        CachedBody body = tail.length == 0
                ? CachedBody.strong(head, mediaType, tag)
                : CachedBody.weak(join(head, views, tail), mediaType, tag);
        latest = new BodyWithViews(views, body);
        return body;
    }
}
