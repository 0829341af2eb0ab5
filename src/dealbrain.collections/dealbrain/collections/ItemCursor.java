package dealbrain.collections;

import dealbrain.http.Problem.Mistake;
import dealbrain.http.ProblemException;
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
record ItemCursor(String sort, @Nullable String key, long itemId) {
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,400}(\\.\\d{1,400})?");

    static ItemCursor after(CollectionItem last, String sort) {
        Object key = switch (sort) {
            case "position" -> last.orderKey().toPlainString();
            case "-added_at" -> last.addedAt();
            default -> last.listing().priceUsd();
        };
        return new ItemCursor(sort, key == null ? null : key.toString(), last.id());
    }

    String text() {
        String plain = sort + ' ' + itemId + (key == null ? "" : ' ' + key);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
    }

    /** @throws ProblemException invalid, when it is not a cursor of ours or one of another order */
    static ItemCursor of(String text, String sort) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII).split(" ", -1);
            String key = parts.length == 3 ? parts[2] : null;
            if (parts[0].equals(sort) && ((parts.length == 3 && isKey(sort, parts[2])) || (parts.length == 2 && sort.endsWith("price_usd")))) {
                return new ItemCursor(sort, key, Long.parseLong(parts[1]));
            }
        } catch (IllegalArgumentException | DateTimeException _) {
            // not Base64, no number, no time: the same answer as for any other text that is no cursor
        }
        throw ProblemException.invalid(List.of(Mistake.in("cursor",
                "cursor must be taken from the header Link of a page with the same sort, and not changed")));
    }

    private static boolean isKey(String sort, String key) {
        return sort.equals("-added_at") ? key.matches("[0-9]{4}-.*") && Instant.parse(key).isAfter(Instant.EPOCH) : NUMBER.matcher(key).matches();
    }
}
