package dealbrain.transfer;

import static dealbrain.testing.Problems.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.csv.CsvFile;
import dealbrain.json.InputError;
import dealbrain.listings.Listing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListingHeaderTest {
    private static ListingHeader of(String header) {
        return ListingHeader.of(CsvFile.read((header + "\n").getBytes(StandardCharsets.UTF_8), 10));
    }

    private static List<String> columns(ListingHeader header) {
        return header.columns().values().stream().map(ListingColumn::name).toList();
    }

    private static List<String> errors(String header) {
        return problem("invalid-input", () -> of(header)).errors().stream()
                .map(InputError::detail)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "price_usd, price_usd",
        "PRICE USD, price_usd",
        "Price-USD, price_usd",
        "PriceUsd, price_usd",
        "Price ($), price_usd",
        "Preis, price_usd",
        "Preis in USD, price_usd",
        "Zustand, condition",
        "Prozessor, cpu",
        "Processor, cpu",
        "CPU, cpu",
        "Grafikkarte, gpu",
        "Arbeitsspeicher, ram_spec",
        "Arbeitsspeicher (GB), ram_gb",
        "RAM, ram_spec",
        "RAM (GB), ram_gb",
        "Festplatte, primary_storage_profile",
        "2. Festplatte, secondary_storage_profile",
        "SSD, primary_storage_profile",
        "Verkäufer, seller",
        "Verkaeufer, seller",
        "VERKÄUFER, seller",
        "Anschlüsse, ports_profile",
        "Gehäuse, form_factor",
        "Artikel-Nr., vendor_item_id",
        "Item ID, vendor_item_id",
        "URL, listing_url",
        "Notizen, notes"
    })
    void knowsUsualNames(String name, String column) {
        assertEquals(List.of("title", column), columns(of("title," + name)));
    }

    @Test
    void knowsTheNamesOfAnExport() {
        String names = String.join(
                ",", ListingColumn.ALL.stream().map(ListingColumn::name).toList());

        ListingHeader header = of(names);

        assertEquals(names, String.join(",", columns(header)));
        assertEquals(List.of(), header.ignored());
        assertFalse(header.isGerman());
    }

    /** Columns of a listing that the user does not write. */
    @Test
    void hasAColumnForEachMemberOfAListing() {
        TreeSet<String> missing = new TreeSet<>();
        for (var component : Listing.class.getRecordComponents()) {
            missing.add(dealbrain.json.Json.memberName(component));
        }
        ListingColumn.ALL.forEach(column -> assertTrue(missing.remove(column.name()), column.name()));
        assertEquals(
                new TreeSet<>(List.of(
                        "id",
                        "owner_id",
                        "dollar_per_cpu_mark_multi",
                        "dollar_per_cpu_mark_single",
                        "created_at",
                        "updated_at",
                        "row_version",
                        "adjusted_price_source",
                        "score_source",
                        "valuation",
                        "score")),
                missing);
    }

    @Test
    void reportsOtherColumnsAndNoticesGerman() {
        ListingHeader header = of("Nr.,Titel,,Farbe");

        assertEquals(List.of("Nr.", "Farbe"), header.ignored());
        assertEquals(List.of("title"), columns(header));
        assertTrue(header.isGerman());
        assertFalse(of("Name,Status,RAM").isGerman());
    }

    @Test
    void needsATitle() {
        assertEquals(List.of("the file must have a column title"), errors("price"));
    }

    @Test
    void refusesTwoColumnsOfOneMember() {
        assertEquals(List.of("the columns 'Preis' and 'price' are both price_usd"), errors("title,Preis,price"));
    }

    @ParameterizedTest
    @CsvSource({"Preis (€)", "Preis in EUR", "Price £", "price GBP", "Preis Euro"})
    void refusesOtherCurrencies(String name) {
        assertEquals(List.of("price_usd must be in US dollars, the column is '" + name + "'"), errors("title," + name));
    }
}
