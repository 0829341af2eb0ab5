package dealbrain.http;

import dealbrain.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A body that is sent in many responses, with its entity tag. It is compressed when it is first requested with gzip,
 * and stays compressed in memory. Thread-safe.
 */
public final class CachedBody {
    /** This object, the tag, and the headers of the two arrays. */
    private static final int OBJECT_BYTES = 150;

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

    /** Returns a body with a strong tag: equal tags mean equal bytes. {@code bytes} must not be changed afterwards. */
    public static CachedBody strong(byte[] bytes, String mediaType, String tag) {
        return new CachedBody(bytes, mediaType, tag, false);
    }

    /**
     * Returns a body with a weak tag: bodies with this tag may differ in insignificant details, such as a view count
     * (RFC 9110, section 8.8.1). {@code bytes} must not be changed afterwards.
     */
    public static CachedBody weak(byte[] bytes, String mediaType, String tag) {
        return new CachedBody(bytes, mediaType, tag, true);
    }

    /** Returns an object as JSON, with the same tag as {@link Response#ok} sends for it. */
    public static CachedBody json(Object entity) {
        byte[] bytes = Json.bytes(entity);
        return strong(bytes, Response.JSON, EntityTag.of(entity, bytes));
    }

    /** Returns the tag of bytes: their hash. */
    public static String tagOf(byte[] bytes) {
        return EntityTag.of(bytes, bytes);
    }

    /** Returns the approximate size in memory in bytes, including the compressed form. */
    public int size() {
        return OBJECT_BYTES + bytes.length + bytes.length / 6;
    }

    /** Returns whether both bodies have the same bytes, media type and entity tag. */
    public boolean hasSameContent(CachedBody other) {
        return weak == other.weak
                && tag.equals(other.tag)
                && mediaType.equals(other.mediaType)
                && Arrays.equals(bytes, other.bytes);
    }

    byte[] bytes() {
        return bytes;
    }

    /** Returns the value of the header {@code ETag} for the uncompressed body. */
    String tagHeader() {
        return tagHeader(false);
    }

    String mediaType() {
        return mediaType;
    }

    String tag() {
        return tag;
    }

    /** Returns the value of the header {@code ETag}. */
    String tagHeader(boolean compressed) {
        return (weak ? "W/\"" : "\"") + (compressed ? EntityTag.gzip(tag) : tag) + '"';
    }

    /** Returns the compressed bytes. Concurrent first calls may compress them more than once, with the same result. */
    byte[] gzip() {
        byte[] known = gzip;
        if (known == null) {
            known = compress();
            gzip = known;
        }
        return known;
    }

    /**
     * Compresses at the default level, not the fastest one as for other responses: it is done once for many of them.
     */
    private byte[] compress() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 4 + 64);
        try (GZIPOutputStream compressing = new GZIPOutputStream(out, 8192)) {
            compressing.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
