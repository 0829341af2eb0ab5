package dealbrain.operations;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChartsTest {
    @Test
    void drawsBarsThatCanBeSeenIfTheyAreNotEmpty() {
        assertTrue(Charts.bar(1, 1_000_000, "1").contains("width=\"2.0\""));
        assertTrue(Charts.bar(0, 1_000_000, "0").contains("width=\"0.0\""));
        assertTrue(Charts.bar(0, 0, "0").contains("width=\"0.0\""));
    }

    @Test
    void drawsNothingWithoutValues() {
        assertTrue(Charts.sparkline(List.of(), "Requests").endsWith("points=\"\"/></svg>"));
    }

    @Test
    void colorsARangeByItsP95() {
        assertTrue(Charts.range(20, 1, 50, 60).contains("class=\"fine\""));
        assertTrue(Charts.range(20, 1, 101, 200).contains("class=\"warn\""));
        assertTrue(Charts.range(20, 1, 501, 600).contains("class=\"bad\""));
        assertTrue(Charts.range(19, 1, 501, 600).contains("class=\"fine\""), "too few requests for a verdict");
    }
}
