package dealbrain.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
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
        assertEquals("\" a\",\"b \",\"x;y\",\"\"\"\"\r\n", row(" a", "b ", "x;y", "\""));
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
                "-\u0661"
            })
    void escapesFormulas(String formula) throws IOException {
        String cell = row(formula).strip();

        assertEquals("'" + formula, cell.startsWith("\"") ? cell.substring(1, cell.length() - 1) : cell);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\t=1", "\r=1", "\n=1", "\tx", "\rx", "\nx"})
    void escapesCellsThatStartWithAControlCharacter(String formula) throws IOException {
        assertEquals("\"'" + formula + "\"\r\n", row(formula));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-5",
                "-12.50",
                "0",
                "7",
                "1-2",
                "a=b",
                "https://example.org/?a=1+1",
                "x@example.org",
                "100% = all",
                "'=1"
            })
    void doesNotChangeNumbersAndOtherTexts(String text) throws IOException {
        assertEquals(text + "\r\n", row(text));
    }

    private static String row(Object... cells) throws IOException {
        StringWriter out = new StringWriter();
        new CsvWriter(out).row(Arrays.asList(cells));
        return out.toString();
    }
}
