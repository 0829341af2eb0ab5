package dealbrain.listings;

import static dealbrain.testing.Records.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.catalog.PartKind;
import dealbrain.json.Json;
import dealbrain.valuation.Valuation;
import dealbrain.valuation.ValuationLine;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cases of {@code valuations.txt}: adjusted prices equal to the cent. */
class GoldenValuationTest extends ListingFixture {
    private static GoldenListings golden;

    @BeforeAll
    static void parts() {
        golden = new GoldenListings(fixtures);
    }

    static List<List<String>> cases() {
        return GoldenCases.read("valuations.txt");
    }

    @Test
    void areAtLeastTwoHundred() {
        assertTrue(cases().size() >= 200, () -> cases().size() + " cases");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isValued(List<String> fields) {
        ListingInput input = golden.input(fields.get(0), fields.get(1), GoldenCases.members(fields.get(2)));
        long ruleset = ruleset(fields.get(3));

        Listing created = listings.create(ada, with(input, "{\"ruleset_id\": " + ruleset + "}"));

        Valuation valuation = Objects.requireNonNull(created.valuation());
        assertEquals(ruleset, valuation.rulesetId());
        assertEquals(
                GoldenCases.list(fields.get(4), "; "),
                valuation.lines().stream().map(GoldenValuationTest::text).toList());
        assertEquals(fields.get(5), valuation.totalUsd().toPlainString());
        assertEquals(
                fields.get(6),
                created.adjustedPriceUsd() == null
                        ? "-"
                        : created.adjustedPriceUsd().toPlainString());
        assertEquals(created, listings.get(ada, created.id()));
    }

    private static String text(ValuationLine line) {
        return line.component().name().toLowerCase(Locale.ROOT) + " "
                + line.quantity().toPlainString() + " x "
                + line.unitValueUsd().toPlainString() + " x "
                + line.conditionFactor().toPlainString() + " = "
                + line.amountUsd().toPlainString();
    }

    /** Creates a ruleset from rules of the form {@code component metric value (factors)}. */
    private static long ruleset(String rules) {
        ObjectNode ruleset = Json.object().put("name", "Golden %1$d");
        for (String rule : GoldenCases.list(rules, "; ")) {
            String[] words = rule.replaceAll("[()]", "").split(" ", -1);
            ObjectNode json = ruleset.withArrayProperty("rules")
                    .addObject()
                    .put("component", words[0])
                    .put("metric", words[1]);
            json.set("unit_value_usd", Json.read(words[2], JsonNode.class));
            if (words.length > 3) {
                json.set("condition_new", Json.read(words[3], JsonNode.class));
                json.set("condition_refurb", Json.read(words[4], JsonNode.class));
                json.set("condition_used", Json.read(words[5], JsonNode.class));
            }
        }
        return fixtures.part(PartKind.RULESET, Json.text(ruleset)).id();
    }
}
