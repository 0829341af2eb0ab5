package dealbrain.listings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DealTextTest {
    private static Listing listing(String members) {
        ObjectNode tree = Json.read("""
                {"id": 1, "owner_id": 1, "title": "PC", "status": "active",
                 "created_at": "2026-01-31T12:00:00Z", "updated_at": "2026-01-31T12:00:00Z"}
                """, ObjectNode.class);
        tree.setAll(Json.read(members.replace('\'', '"'), ObjectNode.class));
        return Json.read(tree.toString(), Listing.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Lenovo | ThinkCentre | ThinkCentre M720q | Lenovo ThinkCentre M720q",
                "Lenovo | ThinkCentre | M720q | Lenovo ThinkCentre M720q",
                "Lenovo | ThinkCentre | Lenovo ThinkCentre M720q | Lenovo ThinkCentre M720q",
                "Lenovo | Lenovo ThinkCentre | ThinkCentre M720q | Lenovo ThinkCentre M720q",
                "Lenovo | ThinkCentre | ThinkCentre | Lenovo ThinkCentre",
                "LENOVO | thinkcentre | Lenovo ThinkCentre M720q | Lenovo ThinkCentre M720q",
                "Lenovo | ThinkCentre M720q | M720q | Lenovo ThinkCentre M720q",
                "Lenovo | ThinkCentre M720q Tiny | M720q | Lenovo ThinkCentre M720q Tiny",
                "HP | EliteDesk 800 | 800 G4 | HP EliteDesk 800 G4",
                "HP | HP | HP | HP",
                "HP | | HPE ProLiant | HP HPE ProLiant",
                "Dell Inc. | OptiPlex | OptiPlex 7060 | Dell Inc. OptiPlex 7060",
                "Intel | NUC |  | Intel NUC",
                " | NUC | NUC 11 | NUC 11",
                " |  |  | ''",
                "  Lenovo | '  ' | Lenovo  M720q | Lenovo M720q"
            })
    void repeatsNoWordsOfTheModel(String manufacturer, String series, String model, String expected) {
        Listing listing = listing("{'manufacturer': " + Json.text(manufacturer) + ", 'series': " + Json.text(series)
                + ", 'device_model': " + Json.text(model) + "}");
        assertEquals(expected, DealText.model(listing));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Lenovo | ThinkCentre |  | ThinkCentre M720q | M720q",
                "Lenovo | Lenovo ThinkCentre |  | LENOVO THINKCENTRE M720q | M720q",
                "Lenovo | ThinkCentre | M720q | M720q | ''",
                "Lenovo | ThinkCentre | M720q | ThinkCentre M720q | ''",
                "Lenovo | ThinkCentre | M720q | 10T7 | 10T7",
                "Lenovo | ThinkCentre | M720q |  | ''",
                "| | | 10T7 | 10T7"
            })
    void repeatsNoWordsOfTheModelInItsNumber(
            String manufacturer, String series, String model, String number, String expected) {
        Listing listing = listing("{'manufacturer': " + Json.text(manufacturer) + ", 'series': " + Json.text(series)
                + ", 'device_model': " + Json.text(model) + ", 'model_number': " + Json.text(number) + "}");
        assertEquals(expected, DealText.modelNumber(listing));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null | ''",
                "0 | Free",
                "0.00 | Free",
                "0.01 | $0.01",
                "499.5 | $499.50",
                "1000000 | $1,000,000.00"
            })
    void namesThePrice(String price, String expected) {
        assertEquals(expected, DealText.price(listing("{'price_usd': " + price + "}")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null | ''",
                "0 | ''",
                "0.000001 | < 0.01 ¢",
                "0.0163 | 1.63 ¢",
                "0.5 | 50.00 ¢",
                "1 | $1.00",
                "1000000 | $1,000,000.00"
            })
    void namesThePriceOfAMark(String dollars, String expected) {
        assertEquals(expected, DealText.perMark(listing("{'dollar_per_cpu_mark_multi': " + dollars + "}")));
    }

    @Test
    void countsInTheSingularToo() {
        Listing listing = listing("""
                {'cpu': {'id': 1, 'name': 'C', 'cores': 1, 'threads': 2,
                         'created_at': '2026-01-31T12:00:00Z', 'updated_at': '2026-01-31T12:00:00Z'}}
                """);
        assertEquals("1 core · 2 threads", DealText.cpuDetails(listing.cpu()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "active | null | null | ''",
                "active | 'used' | 100 | Used · $100.00",
                "active | null | 0 | Free",
                "archived | null | 100 | No longer available · $100.00",
                "pending | 'new' | null | Sale pending · New"
            })
    void summarisesByTheSameRules(String status, String condition, String price, String expected) {
        assertEquals(
                expected,
                DealText.summary(listing("{'status': '" + status + "', 'condition': "
                        + (condition.equals("null") ? "null" : "'" + condition.replace("'", "") + "'")
                        + ", 'price_usd': " + price + "}")));
    }
}
