package dealbrain.testing;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** Keeps what a test has logged, by the loggers below a name. */
public final class LogLines implements BeforeEachCallback, AfterEachCallback {
    /** One line; the fields with those of the context (MDC). */
    public record Line(String level, String message, Map<String, @Nullable Object> fields) {}

    private final String logger;
    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private @Nullable Keeper keeper;

    public LogLines(String logger) {
        this.logger = logger;
    }

    private final class Keeper extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
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
        Keeper made = new Keeper();
        made.start();
        ((Logger) LoggerFactory.getLogger(logger)).addAppender(made);
        keeper = made;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        ((Logger) LoggerFactory.getLogger(logger)).detachAppender(keeper);
    }

    public List<Line> all() {
        return List.copyOf(lines);
    }

    public List<Line> with(String field) {
        return lines.stream().filter(line -> line.fields().containsKey(field)).toList();
    }

    /** Waits, but not for ever, for a line. */
    public Line await(Predicate<Line> wanted) {
        Instant patience = Instant.now().plus(Duration.ofSeconds(20));
        while (Instant.now().isBefore(patience)) {
            for (Line line : lines) {
                if (wanted.test(line)) {
                    return line;
                }
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("no such line among " + lines);
    }
}
