package dealbrain.valuation;

import java.math.BigDecimal;

/**
 * What one property of a listing adds to its score.
 *
 * @param points from 0 to 100, where 100 is the reference of the scoring profile, to four decimals
 */
public record ScorePart(Measure measure, BigDecimal value, BigDecimal weight, BigDecimal points) {}
