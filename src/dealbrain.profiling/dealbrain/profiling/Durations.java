package dealbrain.profiling;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.AtomicHistogram;

/** How long something took, as a histogram that is right to 1 %, from a microsecond to a minute. Safe for use by many threads. */
final class Durations {
    private static final long LONGEST_MICROS = 60_000_000;
    private static final int DIGITS = 2;

    private final AtomicHistogram micros = new AtomicHistogram(LONGEST_MICROS, DIGITS);

    void record(long nanos) {
        micros.recordValue(Math.clamp(TimeUnit.NANOSECONDS.toMicros(nanos), 1, LONGEST_MICROS));
    }

    /** The figures of this moment; all 0 when there are none yet. */
    Percentiles percentiles() {
        return new Percentiles(micros.getMean() / 1000, millis(50), millis(95), millis(99), micros.getMaxValue() / 1000.0);
    }

    private double millis(double percentile) {
        return micros.getValueAtPercentile(percentile) / 1000.0;
    }

    /** How many took up to 0.1 ms, how many more up to 0.2 ms, then 0.4 ms and so on, to the longest. */
    List<HistogramBar> bars() {
        List<HistogramBar> bars = new ArrayList<>();
        long from = 0;
        for (long to = 100; from <= micros.getMaxValue() && micros.getTotalCount() > 0; from = to + 1, to *= 2) {
            bars.add(new HistogramBar(to / 1000.0, micros.getCountBetweenValues(from, to)));
        }
        return bars;
    }
}
