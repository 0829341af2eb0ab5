package dealbrain.operations;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** What can be changed of {@link OperationsSettings} while the program runs; it lasts until it ends. */
public record OperationsChange(@Min(1) @Max(60_000) int slowQueryThresholdMs) {}
