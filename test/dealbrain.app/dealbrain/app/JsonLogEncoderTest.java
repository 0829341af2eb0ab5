package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class JsonLogEncoderTest {
    private static LoggingEvent event(String message, List<KeyValuePair> pairs, Object... arguments) {
        LoggingEvent event = new LoggingEvent();
        event.setLoggerContext(new LoggerContext());
        event.setInstant(Instant.parse("2026-11-30T01:02:03.456Z"));
        event.setLevel(Level.WARN);
        event.setLoggerName("dealbrain.profiling.SlowStatements");
        event.setThreadName("http-1");
        event.setMessage(message);
        event.setArgumentArray(arguments);
        event.setMDCPropertyMap(Map.of("request_id", "7e05e37a33680688"));
        event.setKeyValuePairs(pairs);
        return event;
    }

    private static String line(LoggingEvent event) {
        String line = new String(new JsonLogEncoder().encode(event), StandardCharsets.UTF_8);
        assertEquals(line.length() - 1, line.indexOf('\n'), line);
        return line;
    }

    @Test
    void writesPairsAsMembersAndNumbersAsNumbers() {
        List<KeyValuePair> pairs = List.of(
                new KeyValuePair("rows", 3),
                new KeyValuePair("query_duration_ms", 1479.69),
                new KeyValuePair("slow_query", true),
                new KeyValuePair("folder", Path.of("var")),
                new KeyValuePair("reason", null));

        assertEquals("""
                {"timestamp":"2026-11-30T01:02:03.456Z","level":"WARN","logger":"dealbrain.profiling.SlowStatements",\
                "thread":"http-1","message":"slow \\"query\\"","request_id":"7e05e37a33680688","rows":3,\
                "query_duration_ms":1479.69,"slow_query":true,"folder":"var","reason":null}
                """, line(event("slow \"{}\"", pairs, "query")));
    }

    @Test
    void renamesAPairWithTheNameOfAStandardMember() {
        List<KeyValuePair> pairs = List.of(
                new KeyValuePair("message", "from a library"),
                new KeyValuePair("level", 7),
                new KeyValuePair("request_id", "of the event"));

        JsonNode line = Json.parse(line(event("sent", pairs)).getBytes(StandardCharsets.UTF_8)); // no member twice

        assertEquals("sent", line.path("message").asText());
        assertEquals("from a library", line.path("message_").asText());
        assertEquals("WARN", line.path("level").asText());
        assertEquals(7, line.path("level_").asInt());
        assertEquals("of the event", line.path("request_id").asText());
    }

    @Test
    void writesTheStackTraceAsOneText() {
        LoggingEvent event = event("request failed", List.of());
        event.setThrowableProxy(new ch.qos.logback.classic.spi.ThrowableProxy(
                new IllegalStateException("outer", new RuntimeException("inner\nline"))));

        String trace = Json.parse(line(event).getBytes(StandardCharsets.UTF_8))
                .path("stack_trace")
                .asText();

        assertTrue(trace.startsWith("java.lang.IllegalStateException: outer\n\tat "), trace);
        assertTrue(trace.contains("Caused by: java.lang.RuntimeException: inner"), trace);
    }
}
