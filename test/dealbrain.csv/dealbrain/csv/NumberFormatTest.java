package dealbrain.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.csv.NumberFormat.Cell;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberFormatTest {
    private static final NumberFormat.Hint POINT = new NumberFormat.Hint('.', "because");
    private static final NumberFormat.Hint COMMA = new NumberFormat.Hint(',', "because");

    private static NumberFormat of(int maxDecimals, String... cells) {
        return NumberFormat.of(
                Stream.of(cells).map(text -> new Cell(text, maxDecimals)).toList(), POINT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,234.56 | . | 1234.56",
                "1.234,56 | , | 1234.56",
                "1,234,567 | . | 1234567",
                "1.234.567 | , | 1234567",
                "199.9 | . | 199.9",
                "199,9 | , | 199.9",
                "199.00 | . | 199.00",
                "199,00 | , | 199.00",
                "1234,5 | , | 1234.5",
                "0,5 | , | 0.5",
                ".5 | . | 0.5",
                "199,- | , | 199",
                "199,-- | , | 199",
                "1 234,56 | , | 1234.56",
                "1\u00A0234.56 | . | 1234.56",
                "1'234.56 | . | 1234.56",
                "1\u2019234,56 | , | 1234.56",
                "$1,234.56 | . | 1234.56",
                "US$ 1,234.56 | . | 1234.56",
                "1.234,56 $ | , | 1234.56",
                "usd 99.95 | . | 99.95",
                "-12,50 | , | -12.50",
                "1.234 | , | 1234",
                "1,234 | . | 1234",
            })
    void decidesByOnePrice(String text, char decimal, BigDecimal value) {
        NumberFormat format = of(2, text);

        assertEquals(decimal, format.decimal());
        assertNull(format.assumption());
        assertEquals(0, value.compareTo(format.parse(new Cell(text, 2)).orElseThrow()), format.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "1234", "", "x", "1.2.3", "1,2,3", "12.34.567,8,9", "\u20AC 5,00", "5 EUR", "1e5"})
    void isNotDecidedByOtherCells(String text) {
        assertEquals(new NumberFormat('.', null), of(2, text));
        assertEquals(new NumberFormat(',', null), NumberFormat.of(List.of(new Cell(text, 2)), COMMA));
    }

    @ParameterizedTest
    @CsvSource({"12.345, ., 12.345", "12.345, ',', 12345", "'12,345', ., 12345", "'12,345', ',', 12.345"})
    void assumesWhatIsLikelyIfEveryNumberIsAmbiguous(String text, char hint, BigDecimal value) {
        Cell cell = new Cell(text, 4);
        NumberFormat format = NumberFormat.of(
                List.of(cell, new Cell("7", 4)), new NumberFormat.Hint(hint, "because the moon is full"));

        assertEquals(hint, format.decimal());
        assertNotNull(format.assumption());
        assertTrue(
                format.assumption()
                        .startsWith("'" + text + "' has one meaning with a decimal point and another with a"),
                format.assumption());
        assertTrue(format.assumption().endsWith(" is assumed, because the moon is full"), format.assumption());
        assertEquals(value, format.parse(cell).orElseThrow());
    }

    @Test
    void readsAmbiguousNumbersAsTheOthers() {
        NumberFormat format = of(4, "12.345", "1,5");

        assertEquals(new NumberFormat(',', null), format);
        assertEquals(
                new BigDecimal("12345"), format.parse(new Cell("12.345", 4)).orElseThrow());
    }

    @Test
    void followsTheMajorityAndThenTheFirst() {
        assertEquals(',', of(2, "1.50", "1,50", "2,50").decimal());
        assertEquals('.', of(2, "1.50", "1,50", "2.50").decimal());
        assertEquals('.', of(2, "1.50", "1,50").decimal());
        assertEquals(',', of(2, "1,50", "1.50").decimal());
    }

    @Test
    void doesNotReadNumbersOfTheOtherFormat() {
        assertTrue(of(2, "1.50").parse(new Cell("2,50", 2)).isEmpty());
        assertTrue(of(2, "1,50").parse(new Cell("2.50", 2)).isEmpty());
        assertTrue(of(2, "1.50").parse(new Cell("1.234", 2)).isEmpty(), "three decimals of a price");
    }

    @ParameterizedTest
    @CsvSource({"16, 16", "16.00, 16", "'1,024', 1024", "16.0, 16"})
    void readsWholeNumbers(String text, BigDecimal value) {
        assertEquals(0, value.compareTo(of(0, text).parse(new Cell(text, 0)).orElseThrow()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", ",", "-", "+", "$", "1..2", "1,23,4.5", "01,234.5", "1 23", "--1", "1.2 GB", "\u0661"})
    void readsNothingElse(String text) {
        assertTrue(new NumberFormat('.', null).parse(new Cell(text, 2)).isEmpty());
        assertTrue(new NumberFormat(',', null).parse(new Cell(text, 2)).isEmpty());
    }
}
