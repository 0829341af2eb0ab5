package dealbrain.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListCursorsTest {
    private static final String MALFORMED = "cursor must be taken unchanged from the header Link of a page";
    private static final String FOREIGN = "cursor belongs to another list: send it with the path, filters and sort of"
            + " the page that it is from, or leave it out to start again";

    private static ThingListQuery query(@Nullable String q, @Nullable String cursor) {
        return new ThingListQuery(q, null, null, null, null, 10, 2, 0, cursor, CountMode.LIMITED);
    }

    private static ListCursors things(@Nullable String cursor) {
        return new ListCursors(query("a", cursor), "things", 7L);
    }

    private static String cursor(Object... keys) {
        return things(null).after(keys);
    }

    private static void rejects(String detail, ListCursors cursors) {
        ProblemException problem = assertThrows(ProblemException.class, cursors::start);
        assertEquals(422, problem.type().status());
        assertEquals(detail, problem.getMessage());
        assertEquals("cursor", problem.errors().getFirst().parameter());
    }

    @Test
    void returnsTheKeysOfTheLastElement() {
        ListCursors.Keys keys = things(cursor(-5, "ß é", null, "2026-01-30T18:00:00.123456Z"))
                .start()
                .orElseThrow();

        assertEquals(-5, keys.int64(0));
        assertEquals("ß é", keys.text(1));
        assertEquals(Optional.empty(), keys.textOrNull(2));
        assertEquals("2026-01-30T18:00:00.123456Z", keys.time(3));
    }

    @Test
    void isTheSameForPagesOfOtherSizesAndCounts() {
        ThingListQuery other = new ThingListQuery("a", null, null, null, null, 10, 50, 0, cursor(5), CountMode.EXACT);

        assertEquals(5, new ListCursors(other, "things", 7L).startOfHighest());
    }

    @Test
    void startsBeforeAllElementsWithoutACursor() {
        assertEquals(Optional.empty(), things(null).start());
        assertEquals(Long.MAX_VALUE, things(null).startOfHighest());
        assertEquals(Long.MIN_VALUE, things(null).startOfLowest());
        assertEquals(
                new ListCursors.TimeKey("infinity", Long.MAX_VALUE),
                things(null).startOfNewest());
    }

    @Test
    void rejectsTheCursorOfAnotherList() {
        String cursor = cursor(5);

        rejects(FOREIGN, new ListCursors(query("a", cursor), "things", 8L));
        rejects(FOREIGN, new ListCursors(query("a", cursor), "others", 7L));
        rejects(FOREIGN, new ListCursors(query("b", cursor), "things", 7L));
        rejects(FOREIGN, new ListCursors(query(null, cursor), "things", 7L));
    }

    @Test
    void rejectsEveryChangeOfACharacter() {
        String cursor = cursor(123, 456);
        for (int i = 0; i < cursor.length(); i++) {
            char other = cursor.charAt(i) == 'A' ? 'B' : (char) (cursor.charAt(i) ^ 1);
            rejects(MALFORMED, things(cursor.substring(0, i) + other + cursor.substring(i + 1)));
            rejects(MALFORMED, things(cursor.substring(0, i)));
            rejects(MALFORMED, things(cursor.substring(0, i) + cursor.substring(i + 1)));
        }
        rejects(MALFORMED, things(cursor + "A"));
        rejects(MALFORMED, things(cursor + "="));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "!!!", "%00", "cG9zaXRpb24gMSAtIDAgMSA1", "AAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void rejectsWhatIsNoCursor(String text) {
        rejects(MALFORMED, things(text));
    }

    /** A forged cursor with correct checksums. */
    @Test
    void rejectsKeysOfOtherTypes() {
        forged(keys -> keys.int64(1), 1);
        forged(keys -> keys.int64(0), "x");
        forged(keys -> keys.int64(0), "99999999999999999999");
        forged(keys -> keys.text(0), (Object) null);
        forged(keys -> keys.time(0), "1");
        forged(keys -> keys.time(0), "1969-12-31T23:59:59Z");
        forged(keys -> keys.time(0), "+10000-01-01T00:00:00Z");
        forged(keys -> keys.time(0), "infinity");
    }

    private static void forged(Consumer<ListCursors.Keys> reader, @Nullable Object... keys) {
        ListCursors.Keys found = things(cursor(keys)).start().orElseThrow();
        ProblemException problem = assertThrows(ProblemException.class, () -> reader.accept(found));
        assertEquals(MALFORMED, problem.getMessage());
    }

    @Test
    void isShortAndNeedsNoEncoding() {
        String cursor = cursor("2026-01-30T18:00:00.123456Z", Long.MAX_VALUE);

        assertEquals(true, cursor.matches("[A-Za-z0-9_-]{1,100}"), cursor);
        assertEquals(
                3,
                new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8)
                        .lines()
                        .count());
    }

    @Test
    void rejectsACursorWithAnOffset() {
        ThingListQuery both = new ThingListQuery("a", null, null, null, null, 10, 2, 4, cursor(5), CountMode.LIMITED);

        ProblemException problem = assertThrows(ProblemException.class, () -> new ListCursors(both, "things", 7L));
        assertEquals("offset must be left out if there is a cursor, was 4", problem.getMessage());
    }
}
