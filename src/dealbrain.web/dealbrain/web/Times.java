package dealbrain.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Formats the times of JSON for people, in UTC. */
final class Times {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern(
                    "d MMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Times() {}

    /** Returns the day, such as "9 Nov 2026"; empty for null. */
    static String day(JsonNode time) {
        return format(time, DAY);
    }

    /** Returns day and time, such as "9 Nov 2026, 14:05 UTC"; empty for null. */
    static String minute(JsonNode time) {
        return format(time, MINUTE);
    }

    /** Returns the time; the beginning of all times for null. */
    static Instant instant(JsonNode time) {
        return time.isTextual() ? Instant.parse(time.asText()) : Instant.EPOCH;
    }

    private static String format(JsonNode time, DateTimeFormatter format) {
        return time.isTextual() ? format.format(Instant.parse(time.asText())) : "";
    }
}
