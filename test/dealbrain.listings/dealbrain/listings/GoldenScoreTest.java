package dealbrain.listings;

import static dealbrain.testing.Records.with;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.catalog.PartKind;
import dealbrain.json.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cases of {@code scores.txt}: scores equal to the decimal. */
class GoldenScoreTest extends ListingFixture {
    private static GoldenListings golden;

    @BeforeAll
    static void parts() {
        golden = new GoldenListings(fixtures);
    }

    static List<List<String>> cases() {
        return GoldenCases.read("scores.txt");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isScored(List<String> fields) {
        ListingInput input = golden.input(fields.get(0), "-", GoldenCases.members(fields.get(1)));
        long profile = profile(fields.get(2));

        Listing created = listings.create(ada, with(input, "{\"active_profile_id\": " + profile + "}"));

        assertEquals(
                GoldenCases.list(fields.get(3), "; ").stream().sorted().toList(),
                Objects.requireNonNull(created.score()).parts().stream()
                        .map(part -> part.measure().key() + " " + part.points().toPlainString())
                        .sorted(Comparator.naturalOrder())
                        .toList());
        assertEquals(
                fields.get(4),
                created.scoreComposite() == null
                        ? "-"
                        : created.scoreComposite().toPlainString());
        assertEquals(created, listings.get(ada, created.id()));
    }

    /** Creates a scoring profile from measures of the form {@code measure weight @ reference}. */
    private static long profile(String measures) {
        ObjectNode profile = Json.object().put("name", "Golden %1$d");
        for (String measure : GoldenCases.list(measures, "; ")) {
            String[] words = measure.split(" ", -1);
            profile.withObjectProperty("weights").set(words[0], Json.read(words[1], JsonNode.class));
            String reference = words[3].contains("..") ? "[" + words[3].replace("..", ", ") + "]" : words[3];
            profile.withObjectProperty("references").set(words[0], Json.read(reference, JsonNode.class));
        }
        return fixtures.part(PartKind.SCORING_PROFILE, Json.text(profile)).id();
    }
}
