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
 * Where a page of items ended: the sort key of its last item, and its id. Opaque to clients.
 *
 * @param key null when the item has none, such as a price
 */
public record ItemCursor(String sort, @Nullable String key, long itemId) {
    private static final Instant YEAR_10000 =
            Instant.parse("9999-12-31T23:59:59Z").plusSeconds(1);
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,400}(\\.\\d{1,400})?");

    public static ItemCursor after(CollectionItem last, String sort) {
        Object key = switch (sort) {
            case "position" -> last.orderKey().toPlainString();
            case "-added_at" -> last.addedAt();
            default -> last.listing().priceUsd();
        };
        return new ItemCursor(sort, key == null ? null : key.toString(), last.id());
    }

    public String text() {
        String plain = sort + ' ' + itemId + (key == null ? "" : ' ' + key);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws ProblemException invalid, when it is not a cursor of ours or one of another order
     */
    static ItemCursor of(String text, String sort) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII).split(" ", -1);
            String key = parts.length == 3 ? key(sort, parts[2]) : null;
            if (parts[0].equals(sort) && (key != null || (parts.length == 2 && sort.endsWith("price_usd")))) {
                return new ItemCursor(sort, key, Long.parseLong(parts[1]));
            }
        } catch (IllegalArgumentException | DateTimeException _) {
            // not Base64, no number, no time: the same answer as for any other text that is no cursor
        }
        throw ProblemException.invalid(List.of(InputError.in(
                "cursor", "cursor must be taken from the header Link of a page with the same sort, and not changed")));
    }

    /** The key as the database can read it; null when it is none of this order. */
    private static @Nullable String key(String sort, String text) {
        if (!sort.equals("-added_at")) {
            return NUMBER.matcher(text).matches() ? text : null;
        }
        // Written anew in UTC: what Instant takes in has offsets that PostgreSQL does not.
        Instant time = Instant.parse(text);
        return time.isBefore(Instant.EPOCH) || !time.isBefore(YEAR_10000) ? null : time.toString();
    }
}
