package dealbrain.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FormatsTest {
    @Test
    void choosesTheUnitOfADuration() {
        assertEquals("–", Formats.millis(0));
        assertEquals("250 µs", Formats.millis(0.25));
        assertEquals("1.50 ms", Formats.millis(1.5));
        assertEquals("12.3 s", Formats.millis(12_345));
    }

    @Test
    void separatesThousands() {
        assertEquals("1\u202f234\u202f567", Formats.count(1_234_567));
        assertEquals("12\u202f345", Formats.decimal(12_345.4));
    }

    @Test
    void showsPercentages() {
        assertEquals("–", Formats.percent(0, 0));
        assertEquals("2.5 %", Formats.percent(1, 40));
        assertEquals("50 %", Formats.percent(20, 40));
        assertEquals("99.6 %", Formats.ratio(0.996));
    }

    @Test
    void showsTheTwoLargestUnitsOfAnUptime() {
        assertEquals("5 s", Formats.uptime(Duration.ofSeconds(5)));
        assertEquals("5 min", Formats.uptime(Duration.ofSeconds(301)));
        assertEquals("1 h 1 min", Formats.uptime(Duration.ofMinutes(61)));
        assertEquals("2 d 3 h", Formats.uptime(Duration.ofHours(51)));
    }
}
