package dealbrain.http;

import dealbrain.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A body that is kept for many answers, with its entity tag; it is compressed when it is first asked for so, and only then.
 * Safe for use by many threads.
 */
public final class CachedBody {
    private final byte[] bytes;
    private final String mediaType;
    private final String tag;
    private final boolean weak;
    private volatile byte @Nullable [] gzip;

    private CachedBody(byte[] bytes, String mediaType, String tag, boolean weak) {
        this.bytes = bytes;
        this.mediaType = mediaType;
        this.tag = tag;
        this.weak = weak;
    }

    /** A body whose tag stands for each of its bytes. The bytes must not be changed afterwards. */
    public static CachedBody strong(byte[] bytes, String mediaType, String tag) {
        return new CachedBody(bytes, mediaType, tag, false);
    }

    /** One that has the tag of other bodies too, which differ in what nobody minds, as in a count of views (RFC 9110, section 8.8.1). */
    public static CachedBody weak(byte[] bytes, String mediaType, String tag) {
        return new CachedBody(bytes, mediaType, tag, true);
    }

    /** An object as JSON, with the tag that every answer with it has. */
    public static CachedBody json(Object entity) {
        byte[] bytes = Json.bytes(entity);
        return strong(bytes, Response.JSON, EntityTag.of(entity, bytes));
    }

    /** A tag for bytes: their hash. */
    public static String tagOf(byte[] bytes) {
        return EntityTag.of(bytes, bytes);
    }

    /** About how many bytes it takes in memory, when it has been compressed too. */
    public int size() {
        return bytes.length + bytes.length / 6;
    }

    byte[] bytes() {
        return bytes;
    }

    String mediaType() {
        return mediaType;
    }

    String tag() {
        return tag;
    }

    /** The header {@code ETag}. */
    String tagHeader(boolean compressed) {
        return (weak ? "W/\"" : "\"") + (compressed ? EntityTag.gzip(tag) : tag) + '"';
    }

    /** The bytes compressed as well as gzip can: that is done once. */
    byte[] gzip() {
        byte[] known = gzip;
        if (known == null) {
            known = compressed();
            gzip = known;
        }
        return known;
    }

    private byte[] compressed() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 4 + 64);
        try (GZIPOutputStream compressing = new GZIPOutputStream(out, 8192)) {
            compressing.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
