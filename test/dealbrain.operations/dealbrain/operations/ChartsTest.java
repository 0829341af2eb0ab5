package dealbrain.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.profiling.HistogramBucket;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChartsTest {
    @Test
    void labelsOnlyBarsThatAreNotEmpty() {
        String histogram = Charts.histogram(List.of(new HistogramBucket(0.1, 3), new HistogramBucket(0.2, 0)));

        assertTrue(histogram.contains(">3</text>"), histogram);
        assertFalse(histogram.contains(">0</text>"), histogram);
        assertTrue(histogram.contains(">200 µs</text>"), histogram);
    }

    @Test
    void drawsNothingWithoutValues() {
        assertEquals("", Charts.histogram(List.of()));
        assertTrue(Charts.sparkline(List.of(), "Requests").endsWith("points=\"\"/></svg>"));
    }

    @Test
    void colorsARangeByItsP95() {
        assertTrue(Charts.range(1, 50, 60).contains("class=\"fine\""));
        assertTrue(Charts.range(1, 101, 200).contains("class=\"warn\""));
        assertTrue(Charts.range(1, 501, 600).contains("class=\"bad\""));
    }
}
