package dealbrain.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFileTest {
    private static CsvFile read(String text) {
        return CsvFile.read(text.getBytes(StandardCharsets.UTF_8), 1000);
    }

    private static String refused(String text) {
        return String.valueOf(
                assertThrows(MalformedCsvException.class, () -> read(text)).getMessage());
    }

    private static List<List<String>> cells(CsvFile file) {
        return file.rows().stream().map(CsvRow::cells).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n", "\r"})
    void readsRowsWithAnyLineEnd(String end) {
        CsvFile file = read("name,tdp_w" + end + "a,1" + end + "b,2");
        assertEquals(List.of("name", "tdp_w"), file.header());
        assertEquals(List.of(List.of("a", "1"), List.of("b", "2")), cells(file));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"a,b,c|,", "a;b;c|;", "a;b,c;d|;", "\"a,b,c,d\";e|;", "a|,", "'\n\na;b'|;"})
    void detectsTheSeparatorInTheHeader(String header, char separator) {
        assertEquals(separator, read(header + "\n").separator());
    }

    @Test
    void detectsTabs() {
        assertEquals(List.of(List.of("x, y", "1;2")), cells(read("a\tb\nx, y\t1;2\n")));
    }

    @Test
    void readsQuotedCells() {
        CsvFile file = read("name,notes\n\"a \"\"b\"\", c\",\"two\r\nlines\"\nd,\"\"\n");
        assertEquals(List.of(List.of("a \"b\", c", "two\r\nlines"), List.of("d", "")), cells(file));
    }

    @Test
    void skipsTheByteOrderMark() {
        assertEquals(List.of("name"), read("\uFEFFname\na\n").header());
        assertEquals(List.of("na, me"), read("\uFEFF\"na, me\"\na\n").header());
    }

    @Test
    void numbersRowsAsASpreadsheetDoes() {
        CsvFile file = read("\nname,notes\n\na,\"two\nlines\"\n,  \nb\n");
        assertEquals(List.of(4, 6), file.rows().stream().map(CsvRow::number).toList());
    }

    @Test
    void stripsTextsButKeepsCells() {
        CsvRow row = read("a,b,c,d\n \u00A0x y\t,\u2003, \n").rows().getFirst();
        assertEquals("x y", row.text(0));
        assertEquals(" \u00A0x y\t", row.cells().getFirst());
        assertNull(row.text(1));
        assertNull(row.text(2));
        assertNull(row.text(3));
    }

    @ParameterizedTest
    @CsvSource({"TDP (W),tdp_w", "CPU-Mark multi,cpu_mark_multi", " Gerät ,gerät", "TITLE,title", "Straße,straße"})
    void comparesNamesByLettersAndDigits(String name, String key) {
        assertEquals(List.of(key), read(name + "\n").keys());
    }

    @Test
    void refusesWhatIsNotUtf8() {
        for (byte[] bytes : List.of(
                "Gerät\n".getBytes(StandardCharsets.ISO_8859_1), "\uFEFFa\n".getBytes(StandardCharsets.UTF_16LE))) {
            assertEquals(
                    "the file is not UTF-8; in Excel, save it as CSV UTF-8",
                    assertThrows(MalformedCsvException.class, () -> CsvFile.read(bytes, 10))
                            .getMessage());
        }
    }

    @Test
    void refusesBrokenQuotes() {
        String reason = " has a quotation mark that is not closed, or a text behind a closing quotation mark";
        assertEquals("row 3" + reason, refused("a,b\n1,2\n3,\"4\n5,6\n"));
        assertEquals("row 2" + reason, refused("a,b\n\"1\"x,2\n"));
        assertEquals("row 1" + reason, refused("\"a,b\n1,2\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", " , \n"})
    void refusesAFileWithoutHeader(String text) {
        assertEquals("the file is empty: its first row must have the names of the columns", refused(text));
    }

    @Test
    void refusesAmbiguousColumns() {
        assertEquals("the header has the column TDP W twice", refused("tdp_w,TDP W\n"));
        String reason = ", which has no name in the header; values with a separator need quotation marks";
        assertEquals("row 3 has a value in column 3" + reason, refused("a,b\n1,2\n1,234,5\n"));
        assertEquals("row 2 has a value in column 2" + reason, refused("a,,b\n1,2,3\n"));
        assertEquals(1, read("a,b,,\n1,2,, ,\n").rows().size());
    }

    @Test
    void readsOneRowMoreThanTheLimit() {
        String rows = "name\n" + "a\n".repeat(5);
        byte[] bytes = rows.getBytes(StandardCharsets.UTF_8);
        assertEquals(4, CsvFile.read(bytes, 3).rows().size());
        assertEquals(5, CsvFile.read(bytes, 5).rows().size());
    }

    @Test
    void namesTheRowOfAnError() {
        CsvRow row = read("name\n\na\n").rows().getFirst();
        assertEquals(
                "row 3: name must be short",
                row.error("name", "name must be short").detail());
        assertEquals("/3/name", row.error("name", "").pointer());
    }
}
