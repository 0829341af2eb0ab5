package dealbrain.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dealbrain.testing.LogLines;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

class OutageLogTest {
    private static final String BEGIN = "begin";
    private static final String END = "Redis available again";

    @RegisterExtension
    final LogLines lines = new LogLines(OutageLogTest.class.getName());

    private long nanos = Long.MAX_VALUE - 5; // System.nanoTime may overflow
    private final OutageLog log = new OutageLog(
            LoggerFactory.getLogger(OutageLogTest.class), RedisUrl.parse("redis://:secret@host:1"), () -> nanos);

    private void pass(int seconds) {
        nanos += Duration.ofSeconds(seconds).toNanos();
    }

    private void begin() {
        log.begin(BEGIN, "reason");
    }

    private List<String> messages() {
        return lines.all().stream().map(LogLines.Line::message).toList();
    }

    @Test
    void warnsOnceAtTheBeginningAndOnceAtTheEnd() {
        log.available();
        begin();
        begin();
        pass(3600);
        begin();
        log.available();
        log.available();
        assertEquals(List.of(BEGIN, END), messages());
        assertEquals("[host:1]", String.valueOf(lines.all().getFirst().fields().get("redis")));
    }

    @Test
    void mergesOutagesThatFollowEachOther() {
        for (int i = 0; i < 100; i++) {
            begin();
            pass(1);
            log.available();
            pass(10);
        }
        assertEquals(List.of(BEGIN, END, BEGIN), messages());

        pass(60);
        log.available();
        assertEquals(List.of(BEGIN, END, BEGIN, END), messages());
    }

    @Test
    void reportsALaterOutageAtOnce() {
        begin();
        log.available();
        pass(61);
        begin();
        log.available();
        assertEquals(List.of(BEGIN, END, BEGIN, END), messages());
    }
}
