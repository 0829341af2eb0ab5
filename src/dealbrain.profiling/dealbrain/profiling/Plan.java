package dealbrain.profiling;

import java.time.Instant;

/**
 * The generic plan of a statement, as {@code EXPLAIN} prints it.
 *
 * @param text the plan, or the reason why PostgreSQL has not returned one
 */
public record Plan(Instant at, String text) {}
