package dealbrain.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.json.InputError;
import dealbrain.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.jspecify.annotations.Nullable;

/**
 * The cursors of one list. A cursor contains the sort keys of the last element of a page, so that the next page starts
 * after it, also when elements were inserted or deleted meanwhile. It is valid for one list only: with the same owner,
 * filters and sort order. Opaque to clients; two checksums detect changed cursors and those of other lists. A client
 * that forges one only reads another part of its own list.
 */
public final class ListCursors {
    private static final String MALFORMED = "cursor must be taken unchanged from the header Link of a page";
    private static final String FOREIGN = "cursor belongs to another list: send it with the path, filters and sort of"
            + " the page that it is from, or leave it out to start again";

    /** The sort keys in a cursor. They are validated when they are read. */
    public static final class Keys {
        private static final Instant YEAR_10000 =
                Instant.parse("9999-12-31T23:59:59Z").plusSeconds(1);

        private final List<String> keys;

        private Keys(List<String> keys) {
            this.keys = keys;
        }

        /**
         * Returns a key.
         *
         * @throws ProblemException invalid, as all methods of this class, if it is not a key of its type
         */
        public String text(int index) {
            return textOrNull(index).orElseThrow(() -> invalid(MALFORMED));
        }

        public String text(int index, Pattern pattern) {
            String text = text(index);
            if (!pattern.matcher(text).matches()) {
                throw invalid(MALFORMED);
            }
            return text;
        }

        /** Returns empty for a null. */
        public Optional<String> textOrNull(int index) {
            if (index >= keys.size()) {
                throw invalid(MALFORMED);
            }
            return Optional.of(keys.get(index)).filter(key -> !key.isEmpty());
        }

        public long int64(int index) {
            try {
                return Long.parseLong(text(index));
            } catch (NumberFormatException _) {
                throw invalid(MALFORMED);
            }
        }

        /** Returns a time in a form that PostgreSQL reads. */
        public String time(int index) {
            try {
                // written again in UTC, because Instant reads offsets that PostgreSQL does not
                Instant time = Instant.parse(text(index));
                if (time.isBefore(Instant.EPOCH) || !time.isBefore(YEAR_10000)) {
                    throw invalid(MALFORMED);
                }
                return time.toString();
            } catch (DateTimeException _) {
                throw invalid(MALFORMED);
            }
        }
    }

    /** The place after an element of a list that has the newest first: its time, for PostgreSQL, and its id. */
    public record TimeKey(String time, long id) {
        /** The place before all elements. */
        private static final TimeKey START = new TimeKey("infinity", Long.MAX_VALUE);
    }

    private final String list;
    private final @Nullable String cursor;

    /**
     * Uses the cursor of the query, and binds new ones to all its filters.
     *
     * @param list the name of the list, and the ids of its owner or what else distinguishes it from other ones
     * @throws ProblemException invalid, if the query has both a cursor and an offset
     */
    public ListCursors(PagedQuery query, Object... list) {
        query.requireOnePosition();
        ObjectNode filters = (ObjectNode) Json.tree(query);
        filters.remove(PagedQuery.PARAMETERS);
        this.list = checksum(new CRC32C(), Json.text(list) + filters);
        this.cursor = query.cursor();
    }

    /**
     * Returns the keys of the last element before the page; empty for a page without a cursor.
     *
     * @throws ProblemException invalid, if it is not a cursor or a cursor of another list
     */
    public Optional<Keys> start() {
        if (cursor == null) {
            return Optional.empty();
        }
        String plain = decoded(cursor);
        if (plain.length() < 17 || !plain.startsWith(checksum(new CRC32(), plain.substring(8)))) {
            throw invalid(MALFORMED);
        }
        if (!plain.startsWith(list, 8)) {
            throw invalid(FOREIGN);
        }
        return Optional.of(new Keys(List.of(plain.substring(17).split("\n", -1))));
    }

    /** Returns {@link #start} of a list that is sorted by descending times and ids; with the place before all of it. */
    public TimeKey startOfNewest() {
        return start().map(keys -> new TimeKey(keys.time(0), keys.int64(1))).orElse(TimeKey.START);
    }

    /** Returns {@link #start} of a list that is sorted by descending ids. */
    public long startOfHighest() {
        return start().map(keys -> keys.int64(0)).orElse(Long.MAX_VALUE);
    }

    /** Returns {@link #start} of a list that is sorted by ascending ids. */
    public long startOfLowest() {
        return start().map(keys -> keys.int64(0)).orElse(Long.MIN_VALUE);
    }

    /**
     * Returns the cursor for the place after an element.
     *
     * @param keys the sort keys of the element in their order; a text must not be empty or have line feeds
     */
    public String after(@Nullable Object... keys) {
        StringJoiner plain = new StringJoiner("\n", list + "\n", "");
        for (Object key : keys) {
            plain.add(key == null ? "" : key.toString());
        }
        return encoded(checksum(new CRC32(), plain.toString()) + plain);
    }

    private static String checksum(Checksum checksum, String text) {
        checksum.update(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) checksum.getValue());
    }

    private static String encoded(String plain) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /** Accepts only what {@link #encoded} returns. The decoder ignores some bits of the last character. */
    private static String decoded(String text) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            if (encoded(plain).equals(text)) {
                return plain;
            }
        } catch (IllegalArgumentException _) {
            // not Base64: the same error as for any other text
        }
        throw invalid(MALFORMED);
    }

    private static ProblemException invalid(String detail) {
        return ProblemException.invalid(List.of(InputError.in("cursor", detail)));
    }
}
