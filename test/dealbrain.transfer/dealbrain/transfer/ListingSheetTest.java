package dealbrain.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.csv.CsvFile;
import dealbrain.json.InputSchemas;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of a file, before their parts are found. */
class ListingSheetTest {
    private static final InputSchemas SCHEMAS = new InputSchemas();

    private static ListingSheet read(String text) {
        return ListingSheet.read(CsvFile.read(text.getBytes(StandardCharsets.UTF_8), ListingSheet.MAX_ROWS), SCHEMAS);
    }

    /** Returns the members that a row states, besides its title. */
    private static String members(SheetRow row) {
        ObjectNode members = row.members().deepCopy();
        members.remove("title");
        return members.toString();
    }

    private static String members(String column, String cell) {
        SheetRow row = read("title\t" + column + "\nPC\t" + cell + "\n").rows().getFirst();
        assertTrue(row.isValid(), () -> row.report(true).toString());
        return members(row);
    }

    private static List<String> errors(String text) {
        return read(text).rows().stream()
                .flatMap(row -> row.report(true).errors().stream()
                        .map(error -> row.number() + " " + error.column() + ": " + error.detail()))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "price | 1,234.5 | {'price_usd':1234.5}",
                "price | | {'price_usd':null}",
                "price | $199 | {'price_usd':199}",
                "score | 71.25 | {'score_composite':71.25}",
                "ram gb | 16 | {'ram_gb':16}",
                "ram gb | 16 GB | {'ram_gb':16}",
                "primary_storage_gb | 1TB | {'primary_storage_gb':1000}",
                "ram | 16 GB | {'ram_gb':16}",
                "Arbeitsspeicher | 16 | {'ram_gb':16}",
                "Festplatte | 512 gb | {'primary_storage_gb':512}",
                "2. Festplatte | 2 TB | {'secondary_storage_gb':2000}",
                "ram | 16 GB DDR4 | {}",
                "ram | | {'ram_spec_id':null}",
                "cpu | i5-8500T | {}",
                "condition | Refurbished | {'condition':'refurb'}",
                "Zustand | NEU | {'condition':'new'}",
                "condition | | {'condition':null}",
                "status | | {'status':'active'}",
                "status | archiviert | {'status':'archived'}",
                "attributes | | {'attributes':{}}",
                "attributes | {\"a\": [1.50]} | {'attributes':{'a':[1.50]}}",
                "date | 24.12.2026 | {'price_date':'2026-12-24T00:00:00Z'}",
                "date | 12/24/2026 | {'price_date':'2026-12-24T00:00:00Z'}",
                "date | 2026-12-24 | {'price_date':'2026-12-24T00:00:00Z'}",
                "date | 2026-12-24T10:00:00+02:00 | {'price_date':'2026-12-24T08:00:00Z'}",
                "url | HTTPS://Example.org/A | {'listing_url':'https://example.org/A'}",
                "seller | '=1+1 | {'seller':'=1+1'}",
                "vendor_item_id | =\"00123\" | {'vendor_item_id':'00123'}",
            })
    void readsCells(String column, String cell, String members) {
        assertEquals(members.replace('\'', '"'), members(column, cell == null ? "" : cell));
    }

    @Test
    void decidesTheFormatsForTheWholeFile() {
        ListingSheet sheet = read("Titel;Preis;Bewertung;Datum\nA;1.179,50;12.345;03/04/2026\nB;149;;24/12/2026\n");

        assertEquals(',', sheet.format().numbers().decimal());
        assertEquals("DD/MM/YYYY", sheet.format().dates().notation().toString());
        assertEquals(List.of(), sheet.format().assumptions());
        assertEquals(
                "{\"price_usd\":1179.50,\"score_composite\":12345,\"price_date\":\"2026-04-03T00:00:00Z\"}",
                members(sheet.rows().getFirst()));
    }

    @Test
    void saysWhatItAssumed() {
        assertEquals(
                List.of(
                        "'12.345' has one meaning with a decimal point and another with a decimal comma: a decimal"
                                + " comma is assumed, because semicolons separate the cells",
                        "'03/04/2026' can be two dates: DD/MM/YYYY is assumed, as in files with a decimal comma"),
                read("title;score;date\nA;12.345;03/04/2026\n").format().assumptions());
        assertEquals(
                List.of(
                        "'12.345' has one meaning with a decimal point and another with a decimal comma: a decimal"
                                + " point is assumed, because nothing else in the file is against it",
                        "'03/04/2026' can be two dates: MM/DD/YYYY is assumed, as in files with a decimal point"),
                read("title,score,date\nA,12.345,03/04/2026\n").format().assumptions());
        assertTrue(read("Titel,Score\nA,12.345\n")
                .format()
                .assumptions()
                .getFirst()
                .endsWith("a decimal comma is assumed, because the names of the columns are German"));
    }

    @Test
    void rejectsCellsThatContradictTheFile() {
        assertEquals(
                List.of(
                        "4 Preis: price_usd must be a number of US dollars such as 1234,56, was '1.50'",
                        "4 Datum: price_date must be a date as DD.MM.YYYY, was '2026-12-24'"),
                errors("Titel;Preis;Datum\nA;1,50;24.12.2026\nB;2,50;25.12.2026\nC;1.50;2026-12-24\n"));
    }

    @Test
    void reportsEveryErrorOfARowByTheNamesOfItsColumns() {
        assertEquals(
                List.of(
                        "2 Preis: price_usd must be a number of US dollars such as 1234.56, was 'viel'",
                        "2 RAM GB: ram_gb must be a whole number of gigabytes, was '7.5'",
                        "2 Zustand: condition must be new, refurb or used, was 'hm'",
                        "2 Link: listing_url must be an http or https address, was \"x\"",
                        "2 Titel: title is required"),
                errors("Titel,Preis,RAM GB,Zustand,Link,Hersteller\n,viel,7.5,hm,x,Dell\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"199 €", "EUR 199", "199 EUR", "£199"})
    void rejectsPricesInOtherCurrencies(String price) {
        assertEquals(
                List.of("2 price: price_usd must be a number of US dollars such as 1234.56, was '" + price + "'"),
                errors("title,price\nPC," + price + "\n"));
    }

    @Test
    void rejectsAUniqueKeyThatIsInTheFileTwice() {
        assertEquals(
                List.of("4 id: vendor_item_id must be unique for each marketplace, is also in row 2"),
                errors("title,marketplace,item id\nA,ebay,1\nB,other,1\nC,ebay,1\nD,,1\nE,,1\n").stream()
                        .map(error -> error.replace("item id", "id"))
                        .toList());
    }

    @Test
    void rejectsTwoCapacitiesThatDiffer() {
        assertEquals(
                List.of("2 ram: ram_gb must be the same in both columns, 8 in the other, was '16 GB'"),
                errors("title,ram gb,ram\nPC,8,16 GB\n"));
        assertEquals("{\"ram_gb\":8}", members("ram gb\tram", "8\t8 GB"));
        assertEquals("{\"ram_gb\":8}", members("ram\tram gb", "8 GB\t"));
    }

    @Test
    void rejectsWhatIsNoObject() {
        assertEquals(
                List.of("2 attributes: attributes must be a JSON object, was '[1]'"),
                errors("title\tattributes\nPC\t[1]\n"));
        assertTrue(errors("title\tattributes\nPC\t{x\n")
                .getFirst()
                .startsWith("2 attributes: attributes must be a JSON object, was '{x': invalid JSON at line 1"));
    }

    /** Fails by the time limit if a pattern takes quadratic time. */
    @ParameterizedTest
    @ValueSource(
            strings = {"price", "ram gb", "ram", "ssd", "cpu", "date", "condition", "attributes", "notes", "title"})
    @Timeout(120)
    void readsHostileCellsInLinearTime(String column) {
        for (String piece : List.of("1", " ", "'", "=", "1,", "1 G", "9.", "2026-12-24 ", "{", "x ", "\u00A0")) {
            String cell = piece.repeat(500_000 / piece.length());
            for (String text : List.of(cell, cell + "x", "2026-12-24" + cell + "\n")) {
                String header = column.equals("title") ? "title" : "title\t" + column;
                String row = column.equals("title") ? "\"" : "PC\t\"";
                read(header + "\n" + row + text + "\"\n").rows().forEach(each -> each.report(true));
            }
        }
    }
}
