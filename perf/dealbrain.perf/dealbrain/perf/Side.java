package dealbrain.perf;

import java.time.Duration;

/** One of two things that are compared: does its work again and again for so long. */
@FunctionalInterface
interface Side {
    Latencies run(Duration duration) throws Exception;
}
