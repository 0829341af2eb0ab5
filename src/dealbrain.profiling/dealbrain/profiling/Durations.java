package dealbrain.profiling;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

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
        Histogram now = snapshot();
        return new Percentiles(
                now.getMean() / 1000, millis(now, 50), millis(now, 95), millis(now, 99), now.getMaxValue() / 1000.0);
    }

    /** One that stands still: reading throws when others record meanwhile. */
    private Histogram snapshot() {
        Histogram snapshot = new Histogram(LONGEST_MICROS, DIGITS);
        snapshot.add(micros);
        return snapshot;
    }

    private static double millis(Histogram histogram, double percentile) {
        return histogram.getValueAtPercentile(percentile) / 1000.0;
    }

    /** How many took up to 0.1 ms, how many more up to 0.2 ms, then 0.4 ms and so on, to the longest. */
    List<HistogramBar> bars() {
        List<HistogramBar> bars = new ArrayList<>();
        long to = 100;
        long count = 0;
        for (HistogramIterationValue value : snapshot().recordedValues()) {
            for (; value.getValueIteratedTo() > to; to *= 2) {
                bars.add(new HistogramBar(to / 1000.0, count));
                count = 0;
            }
            count += value.getCountAddedInThisIterationStep();
        }
        if (count > 0) {
            bars.add(new HistogramBar(to / 1000.0, count));
        }
        return bars;
    }
}
