package dealbrain.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvWriterTest {
    @Test
    void endsLinesWithCrLfAndQuotesCellsThatNeedIt() throws IOException {
        assertEquals(
                "a,\"b,c\",\"say \"\"hi\"\"\",\"two\nlines\",,12.50\r\n",
                row("a", "b,c", "say \"hi\"", "two\nlines", null, new BigDecimal("12.50")));
        assertEquals("\"x;y\",\"\"\"\"\r\n", row("x;y", "\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+1",
                "-1+1",
                "@SUM(A1)",
                "=cmd|' /C calc'!A0",
                "-",
                "-A1",
                "- quiet",
                "+49 30 1234",
                "--5",
                "-1,5",
                "\uFF1D1+1",
                "\uFF0B1",
                "\uFF0D1",
                "\uFF201",
                "\u22121",
                " =1+1",
                "\u00A0=1+1",
                "\u200B=1+1",
                "\uFEFF=1",
                "-1e5",
                "-\u0661",
                "-5",
                "'=1",
                "''=1+1"
            })
    void escapesFormulas(String formula) throws IOException {
        String cell = row(formula).strip();

        assertEquals("'" + formula, cell.startsWith("\"") ? cell.substring(1, cell.length() - 1) : cell);
    }

    @ParameterizedTest
    @ValueSource(strings = {" a", "b ", " ", "\u00A0", "c\n", "' d"})
    void marksWhiteSpaceAtTheEnds(String text) {
        assertEquals("'" + text, CsvCell.of(text));
        assertEquals(text, CsvCell.text("'" + text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\t=1", "\r=1", "\n=1", "\tx", "\rx", "\nx"})
    void escapesCellsThatStartWithAControlCharacter(String formula) throws IOException {
        assertEquals("\"'" + formula + "\"\r\n", row(formula));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=b",
                "https://example.org/?a=1+1",
                "x@example.org",
                "100% = all",
                "Intel Core i5-8500T",
                "16 GB",
                "1 owner",
                "Mini 5",
                "May sale",
                "2.5GbE",
                "'tis",
                "truly",
                "#hashtag",
                "abc"
            })
    void doesNotChangeOtherTexts(String text) throws IOException {
        assertEquals(text + "\r\n", row(text));
    }

    @Test
    void doesNotChangeNumbersAndTimes() throws IOException {
        assertEquals(
                "-5,-12.50,0,7,2026-01-31T12:00:00Z\r\n",
                row(-5, new BigDecimal("-12.50"), 0L, 7, Instant.parse("2026-01-31T12:00:00Z")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "123456789012345678901234567890",
                "1234567890123456",
                "00123",
                "7",
                "1E10",
                "12e-3",
                "3-4",
                "3/4",
                "1 1/2",
                "1.2",
                "1.2.3",
                "31.01.2026",
                "2026-01-31",
                "12:30",
                "5 PM",
                "50%",
                "$5",
                "5 \u20AC",
                "(5)",
                "1 000",
                "1'000",
                "MAR1",
                "Jan-26",
                "1. M\u00E4rz",
                "3 d\u00E9c. 2026",
                "\uFF11\uFF12",
                "3\u67084\u65E5",
                "TRUE",
                "false",
                "FALSCH",
                "#N/A",
                "#DIV/0!"
            })
    void writesTextsThatWouldBeConvertedAsFormulas(String text) throws IOException {
        assertEquals("\"=\"\"" + text + "\"\"\"\r\n", row(text));
    }

    @Test
    void prefixesLongTextsThatWouldBeConverted() throws IOException {
        assertEquals("'" + "1".repeat(256) + "\r\n", row("1".repeat(256)));
        assertEquals("\"=\"\"" + "1".repeat(255) + "\"\"\"\r\n", row("1".repeat(255)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "'=1+1",
                "''=1",
                "=\"123\"",
                "'=\"1\"",
                "'",
                "'a",
                "''",
                "00123",
                "'00123",
                "-5",
                "plain",
                "\tx",
                "'\tx",
                "=",
                "=\"",
                "@",
                "' =1",
                " ",
                "'' x ",
                "\u2003x",
                "x\r\n",
                "\uFEFF"
            })
    void writesEachTextSoThatItCanBeRestored(String text) {
        assertEquals(text, CsvCell.text(CsvCell.of(text)));
    }

    @Test
    void readsCellsOfOtherPrograms() {
        assertEquals("a b", CsvCell.text("\u00A0 a b\t"));
        assertEquals("00123", CsvCell.text(" =\"00123\""));
        assertEquals("'tis", CsvCell.text("'tis"));
        assertNull(CsvCell.text(" \u2003"));
        assertNull(CsvCell.text("=\"\""));
        assertNull(CsvCell.text(""));
    }

    private static String row(Object... cells) throws IOException {
        StringWriter out = new StringWriter();
        new CsvWriter(out).row(Arrays.asList(cells));
        return out.toString();
    }
}
