package dealbrain.valuation;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * How the score of a listing is computed: the mean of the points, by their weights, to one decimal.
 *
 * @param isDefault whether the scoring profile is the default one, because the listing has none of its own
 * @param parts     one for each property that the listing has, in the order of {@link Measure}
 */
public record Score(
        long profileId, @JsonProperty("is_default") boolean isDefault, List<ScorePart> parts) {
    public Score {
        parts = List.copyOf(parts);
    }

    /** Returns a score from the column {@code listing_verdict.measures}. */
    public static Score of(long profileId, boolean isDefault, String stored) {
        return new Score(
                profileId,
                isDefault,
                Json.parse(stored.getBytes(StandardCharsets.UTF_8))
                        .valueStream()
                        .map(Score::part)
                        .sorted(Comparator.comparing(ScorePart::measure))
                        .toList());
    }

    private static ScorePart part(JsonNode part) {
        return new ScorePart(
                Measure.valueOf(part.path(0).textValue().toUpperCase(Locale.ROOT)),
                part.path(1).decimalValue(),
                part.path(2).decimalValue(),
                part.path(3).decimalValue());
    }
}
