package dealbrain.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.csv.DateFormat.Notation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateFormatTest {
    private static DateFormat of(String... cells) {
        return DateFormat.of(List.of(cells), false, "because");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-24, ISO, 2026-12-24",
        "2026-12-24T14:30:00+01:00, ISO, 2026-12-24T14:30:00+01:00",
        "2026-12-24 14:30, ISO, 2026-12-24 14:30",
        "24.12.2026, POINTS, 2026-12-24T00:00:00Z",
        "1.2.26, POINTS, 2026-02-01T00:00:00Z",
        "24.12.2026 14:30, POINTS, 2026-12-24T14:30:00Z",
        "24/12/2026, DAY_FIRST, 2026-12-24T00:00:00Z",
        "12/24/2026, MONTH_FIRST, 2026-12-24T00:00:00Z",
        "12/24/2026 9:05:07, MONTH_FIRST, 2026-12-24T09:05:07Z",
    })
    void decidesByOneDate(String text, Notation notation, String iso) {
        DateFormat format = of(text);

        assertEquals(new DateFormat(notation, null), format);
        assertEquals(iso, format.parse(text).orElseThrow());
    }

    @Test
    void readsAmbiguousDatesAsTheOthers() {
        assertEquals(
                "2026-04-03T00:00:00Z",
                of("03/04/2026", "24/12/2026").parse("03/04/2026").orElseThrow());
        assertEquals(
                "2026-03-04T00:00:00Z",
                of("03/04/2026", "12/24/2026").parse("03/04/2026").orElseThrow());
    }

    @Test
    void assumesWhatIsLikelyIfEveryDateIsAmbiguous() {
        assertEquals(
                new DateFormat(Notation.MONTH_FIRST, "'03/04/2026' can be two dates: MM/DD/YYYY is assumed, because"),
                of("x", "03/04/2026"));
        assertEquals(
                new DateFormat(
                        Notation.DAY_FIRST,
                        "'03/04/2026' can be two dates: DD/MM/YYYY is assumed, as its numbers have a comma"),
                DateFormat.of(List.of("03/04/2026"), true, "as its numbers have a comma"));
    }

    @Test
    void followsTheMajorityAndReadsNoOtherNotation() {
        DateFormat format = of("24.12.2026", "2026-12-24", "25.12.2026");

        assertEquals(Notation.POINTS, format.notation());
        assertTrue(format.parse("2026-12-24").isEmpty());
        assertTrue(format.parse("24/12/2026").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "30.02.2026",
                "24.13.2026",
                "13/13/2026",
                "24.12.2026 25:00",
                "24.12.2026 noon",
                "24.12"
            })
    void isNotDecidedByOtherCells(String text) {
        assertEquals(new DateFormat(Notation.ISO, null), of(text));
        assertTrue(new DateFormat(Notation.POINTS, null).parse(text).isEmpty());
    }
}
