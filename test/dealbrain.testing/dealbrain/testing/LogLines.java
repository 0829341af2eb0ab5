package dealbrain.testing;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** Collects the log lines of a test, of one logger and those below it. */
public final class LogLines implements BeforeEachCallback, AfterEachCallback {
    /**
     * A log line.
     *
     * @param fields its key-value pairs, and those of the context (MDC)
     */
    public record Line(String level, String message, Map<String, @Nullable Object> fields) {}

    private final String logger;
    private final List<Line> lines = new CopyOnWriteArrayList<>();
    /** How many of the next lines fail. */
    private final AtomicInteger failures = new AtomicInteger();

    private @Nullable LineAppender appender;

    public LogLines(String logger) {
        this.logger = logger;
    }

    private final class LineAppender extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new OutOfMemoryError("thrown by a test instead of logging");
            }
            Map<String, @Nullable Object> fields = new HashMap<>(event.getMDCPropertyMap());
            if (event.getKeyValuePairs() != null) {
                event.getKeyValuePairs().forEach(pair -> fields.put(pair.key, pair.value));
            }
            lines.add(new Line(event.getLevel().toString(), event.getFormattedMessage(), fields));
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        lines.clear();
        LineAppender started = new LineAppender();
        started.start();
        ((Logger) LoggerFactory.getLogger(logger)).addAppender(started);
        appender = started;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        ((Logger) LoggerFactory.getLogger(logger)).detachAppender(appender);
    }

    /** Makes logging the next {@code count} lines fail with an OutOfMemoryError. */
    public void failNext(int count) {
        failures.set(count);
    }

    public List<Line> all() {
        return List.copyOf(lines);
    }

    /** Returns the lines that have a field. */
    public List<Line> with(String field) {
        return lines.stream().filter(line -> line.fields().containsKey(field)).toList();
    }

    /** Waits up to 60 seconds for a line and returns it. */
    public Line await(Predicate<Line> wanted) {
        Await.until(
                () -> "one of these lines matches: " + lines,
                Duration.ofSeconds(60),
                () -> lines.stream().anyMatch(wanted));
        return lines.stream().filter(wanted).findFirst().orElseThrow();
    }
}
