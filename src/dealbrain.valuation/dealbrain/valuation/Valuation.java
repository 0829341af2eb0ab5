package dealbrain.valuation;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.json.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * How the adjusted price of a listing is computed: the price less {@code totalUsd}, at least 0.
 *
 * @param isDefault whether the ruleset is the default one, because the listing has none of its own
 * @param lines     one for each rule that applies, in the order of the rules
 * @param totalUsd  the sum of the lines
 */
public record Valuation(
        long rulesetId, @JsonProperty("is_default") boolean isDefault, List<ValuationLine> lines, BigDecimal totalUsd) {
    public Valuation {
        lines = List.copyOf(lines);
    }

    /**
     * Returns a valuation from the column {@code listing_verdict.lines}.
     *
     * @param labels returns the label of a component
     */
    public static Valuation of(
            long rulesetId, boolean isDefault, String stored, Function<RuleComponent, String> labels) {
        List<ValuationLine> lines = Json.parse(stored.getBytes(StandardCharsets.UTF_8))
                .valueStream()
                .map(line -> line(line, labels))
                .toList();
        BigDecimal total = lines.stream().map(ValuationLine::amountUsd).reduce(new BigDecimal("0.00"), BigDecimal::add);
        return new Valuation(rulesetId, isDefault, lines, total);
    }

    private static ValuationLine line(JsonNode line, Function<RuleComponent, String> labels) {
        RuleComponent component = RuleComponent.valueOf(line.path(0).textValue().toUpperCase(Locale.ROOT));
        RuleMetric metric = RuleMetric.valueOf(line.path(1).textValue().toUpperCase(Locale.ROOT));
        return new ValuationLine(
                component,
                labels.apply(component),
                line.path(2).decimalValue(),
                metric.unit(),
                line.path(3).decimalValue(),
                line.path(4).decimalValue(),
                line.path(5).decimalValue());
    }
}
