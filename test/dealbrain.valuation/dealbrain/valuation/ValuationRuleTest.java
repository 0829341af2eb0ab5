package dealbrain.valuation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dealbrain.json.InputError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValuationRuleTest {
    private static ValuationRule rule(RuleComponent component, RuleMetric metric) {
        return new ValuationRule(component, metric, BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE);
    }

    @Test
    void hasMetricsThatFitItsComponent() {
        List<String> valid = new ArrayList<>();
        for (RuleComponent component : RuleComponent.values()) {
            for (RuleMetric metric : RuleMetric.values()) {
                if (ValuationRule.errors("/rules", List.of(rule(component, metric)))
                        .isEmpty()) {
                    valid.add(component + " " + metric);
                }
            }
        }
        assertEquals(
                List.of(
                        "RAM PER_GB",
                        "RAM PER_TB",
                        "RAM FLAT",
                        "PRIMARY_STORAGE PER_GB",
                        "PRIMARY_STORAGE PER_TB",
                        "PRIMARY_STORAGE FLAT",
                        "SECONDARY_STORAGE PER_GB",
                        "SECONDARY_STORAGE PER_TB",
                        "SECONDARY_STORAGE FLAT",
                        "GPU FLAT",
                        "GPU PER_1000_MARKS",
                        "CPU FLAT",
                        "CPU PER_1000_MARKS",
                        "OS_LICENSE FLAT",
                        "OTHER FLAT"),
                valid);
    }

    @Test
    void namesEveryErrorWithItsPlace() {
        List<InputError> errors = ValuationRule.errors(
                "/rules",
                List.of(
                        rule(RuleComponent.RAM, RuleMetric.FLAT),
                        rule(RuleComponent.CPU, RuleMetric.PER_TB),
                        rule(RuleComponent.RAM, RuleMetric.FLAT)));

        assertEquals(
                List.of(
                        InputError.at("/rules/1/metric", "metric of cpu must be flat or per_1000_marks, was per_tb"),
                        InputError.at(
                                "/rules/2", "component and metric must be unique in a ruleset, are also in element 0")),
                errors);
    }
}
