package dealbrain.profiling;

import java.time.Instant;

/** How PostgreSQL means to run a statement, whatever its parameters; or the reason why that is not known. */
public record Plan(Instant at, String text) {}
