package dealbrain.valuation;

import dealbrain.json.Default;
import dealbrain.json.InputError;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a component of a listing is worth: its quantity, times the value of a unit, times the factor of the listing's
 * condition. A listing that does not state its condition is valued as a used one. Factors have at most three decimals:
 * in the floating-point arithmetic of many schema validators, 0.6 is no multiple of 0.0001.
 */
public record ValuationRule(
        RuleComponent component,
        RuleMetric metric,

        @DecimalMin("0") @DecimalMax("100000") @Digits(integer = 6, fraction = 4)
        BigDecimal unitValueUsd,

        @Default("1.0") @DecimalMin("0") @DecimalMax("10") @Digits(integer = 2, fraction = 3)
        BigDecimal conditionNew,

        @Default("0.75") @DecimalMin("0") @DecimalMax("10") @Digits(integer = 2, fraction = 3)
        BigDecimal conditionRefurb,

        @Default("0.6") @DecimalMin("0") @DecimalMax("10") @Digits(integer = 2, fraction = 3)
        BigDecimal conditionUsed) {
    private record Key(RuleComponent component, RuleMetric metric) {}

    /** Returns the errors of the rules of one ruleset: metrics that a component does not have, and repeated rules. */
    public static List<InputError> errors(String pointer, List<ValuationRule> rules) {
        List<InputError> errors = new ArrayList<>();
        Map<Key, Integer> indexes = new HashMap<>();
        for (int i = 0; i < rules.size(); i++) {
            ValuationRule rule = rules.get(i);
            if (!rule.component.has(rule.metric)) {
                errors.add(InputError.at(pointer + "/" + i + "/metric", rule.metricError()));
            }
            Integer earlier = indexes.putIfAbsent(new Key(rule.component, rule.metric), i);
            if (earlier != null) {
                errors.add(InputError.at(
                        pointer + "/" + i,
                        "component and metric must be unique in a ruleset, are also in element " + earlier));
            }
        }
        return errors;
    }

    private String metricError() {
        List<String> allowed = new ArrayList<>();
        for (RuleMetric each : RuleMetric.values()) {
            if (component.has(each)) {
                allowed.add(lower(each));
            }
        }
        return "metric of " + lower(component) + " must be " + String.join(" or ", allowed) + ", was " + lower(metric);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
