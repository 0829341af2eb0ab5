package dealbrain.app;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import dealbrain.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * Writes each event as one line with one JSON object without nested ones: the {@link #STANDARD} members, and the pairs
 * of the context and of the event with numbers and booleans as such. A pair with the key of a standard member gets an
 * underscore at the end of its key. Of two pairs with the same key, that of the event is written.
 */
final class JsonLogEncoder extends EncoderBase<ILoggingEvent> {
    private static final String STACK_TRACE = "stack_trace";
    private static final List<String> STANDARD =
            List.of("timestamp", "level", "logger", "thread", "message", STACK_TRACE);

    @Override
    public byte[] encode(ILoggingEvent event) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("timestamp", Instant.ofEpochMilli(event.getTimeStamp()));
        line.put("level", event.getLevel().toString());
        line.put("logger", event.getLoggerName());
        line.put("thread", event.getThreadName());
        line.put("message", event.getFormattedMessage());
        event.getMDCPropertyMap().forEach((key, value) -> line.put(nameOf(key), value));
        List<KeyValuePair> pairs = Objects.requireNonNullElse(event.getKeyValuePairs(), List.of());
        pairs.forEach(pair -> line.put(nameOf(pair.key), valueOf(pair.value)));
        if (event.getThrowableProxy() != null) {
            line.put(STACK_TRACE, ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        return (Json.text(line) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String nameOf(String key) {
        return STANDARD.contains(key) ? key + "_" : key;
    }

    private static @Nullable Object valueOf(@Nullable Object value) {
        return value == null || value instanceof Number || value instanceof Boolean ? value : value.toString();
    }

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }
}
