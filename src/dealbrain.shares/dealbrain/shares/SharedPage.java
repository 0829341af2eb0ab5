package dealbrain.shares;

import com.fasterxml.jackson.annotation.JsonProperty;
import dealbrain.http.CachedBody;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a link leads to, finished as far as it can be kept: the bytes before and after the count of views, the only thing that
 * moves on without anything having changed. Safe for use by many threads.
 */
final class SharedPage {
    private static final byte[] COUNT = "\"view_count\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOTHING = {};

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

    private volatile @Nullable Counted latest;

    /** The body that shows a count. */
    private record Counted(long views, CachedBody body) {}

    @SuppressWarnings("UnusedMethod") // Jackson's
    private SharedPage() {
        this(0, 0, 0, "", "", NOTHING, NOTHING);
    }

    private SharedPage(
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
     * A page that may show its views.
     *
     * @param shareId   the link, whose views are counted
     * @param viewedId  what is behind it, whose views are counted too, or the link once more
     * @param viewCount when it was read
     * @param body      the first member {@code view_count} in it, if it is JSON, is the count: texts cannot look like one, as their
     *                  quotes are escaped
     */
    static SharedPage of(long shareId, long viewedId, long viewCount, String mediaType, byte[] body) {
        int end = indexAfter(body, COUNT);
        if (end < 0) {
            return new SharedPage(shareId, viewedId, viewCount, mediaType, CachedBody.tagOf(body), body, NOTHING);
        }
        int next = end;
        while (body[next] >= '0' && body[next] <= '9') {
            next++;
        }
        byte[] head = Arrays.copyOf(body, end);
        byte[] tail = Arrays.copyOfRange(body, next, body.length);
        return new SharedPage(
                shareId, viewedId, viewCount, mediaType, CachedBody.tagOf(joined(head, 0, tail)), head, tail);
    }

    private static int indexAfter(byte[] bytes, byte[] wanted) {
        for (int i = 0; i <= bytes.length - wanted.length; i++) {
            if (bytes[i] == wanted[0] && Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i + wanted.length;
            }
        }
        return -1;
    }

    private static byte[] joined(byte[] head, long count, byte[] tail) {
        byte[] digits = Long.toString(count).getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(head, head.length + digits.length + tail.length);
        System.arraycopy(digits, 0, all, head.length, digits.length);
        System.arraycopy(tail, 0, all, head.length + digits.length, tail.length);
        return all;
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

    /** The body with a count of views, made once for each count; its tag is the same for all. */
    CachedBody body(long views) {
        Counted known = latest;
        if (known != null && known.views() == views) {
            return known.body();
        }
        CachedBody made = tail.length == 0
                ? CachedBody.strong(head, mediaType, tag)
                : CachedBody.weak(joined(head, views, tail), mediaType, tag);
        latest = new Counted(views, made);
        return made;
    }
}
