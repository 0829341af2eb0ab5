package dealbrain.valuation;

import java.math.BigDecimal;

/**
 * What one component of a listing is worth: {@code quantity × unitValueUsd × conditionFactor}, rounded half up to a
 * cent.
 *
 * @param label the component in words, such as {@code 32 GB DDR4}
 */
public record ValuationLine(
        RuleComponent component,
        String label,
        BigDecimal quantity,
        LineUnit unit,
        BigDecimal unitValueUsd,
        BigDecimal conditionFactor,
        BigDecimal amountUsd) {}
