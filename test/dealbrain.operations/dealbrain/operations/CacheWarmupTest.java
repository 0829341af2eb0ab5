package dealbrain.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dealbrain.testing.LogLines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CacheWarmupTest {
    @RegisterExtension
    final LogLines log = new LogLines("dealbrain");

    @Test
    void logsTheNumberOfPagesInTheCache() {
        new CacheWarmup(pages -> pages - 1).start(100);

        LogLines.Line line = log.await(each -> each.message().equals("cache warmed"));
        assertEquals(99, line.fields().get("shares"));
    }

    @Test
    void logsAFailure() {
        new CacheWarmup(_ -> {
                    throw new IllegalStateException("the database is unavailable");
                })
                .start(100);

        log.await(each -> each.message().equals("cache warm-up failed"));
    }
}
