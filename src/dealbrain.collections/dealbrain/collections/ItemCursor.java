package dealbrain.collections;

import dealbrain.http.ProblemException;
import dealbrain.json.InputError;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The end of a page of items: the sort key of its last item, and its id. Opaque to clients.
 *
 * @param key null if the last item has no sort key, such as a price
 */
record ItemCursor(ItemOrder order, @Nullable String key, long itemId) {
    private static final Instant YEAR_10000 =
            Instant.parse("9999-12-31T23:59:59Z").plusSeconds(1);
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,400}(\\.\\d{1,400})?");

    static ItemCursor after(CollectionItem last, ItemOrder order) {
        return new ItemCursor(order, order.key(last), last.id());
    }

    String text() {
        String plain = order.parameter() + ' ' + itemId + (key == null ? "" : ' ' + key);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Reads the text of a cursor.
     *
     * @throws ProblemException invalid, if it is not a cursor or a cursor of another order
     */
    static ItemCursor parse(String text, ItemOrder order) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII).split(" ", -1);
            String key = parts.length == 3 ? validKey(order, parts[2]) : null;
            boolean hasKey = key != null || (parts.length == 2 && order.allowsNullKey());
            if (parts[0].equals(order.parameter()) && hasKey) {
                return new ItemCursor(order, key, Long.parseLong(parts[1]));
            }
        } catch (IllegalArgumentException | DateTimeException _) {
            // not Base64, not a number or not a time: the same error as for any other text
        }
        throw ProblemException.invalid(List.of(InputError.in(
                "cursor", "cursor must be taken unchanged from the header Link of a page with the same sort")));
    }

    /** Returns the key in a form that PostgreSQL reads; null if it is not a key of this order. */
    private static @Nullable String validKey(ItemOrder order, String text) {
        if (order != ItemOrder.NEWEST) {
            return NUMBER.matcher(text).matches() ? text : null;
        }
        // written again in UTC, because Instant reads offsets that PostgreSQL does not
        Instant time = Instant.parse(text);
        return time.isBefore(Instant.EPOCH) || !time.isBefore(YEAR_10000) ? null : time.toString();
    }
}
