package dealbrain.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedValueTest {
    public record Part(String name, List<Integer> numbers) implements SharedValue {}

    public record Whole(Part first, int number, Part second, List<Part> more) {}

    private static final Part PART = new Part("ä \"quoted\"", List.of(1, 2));

    private static String bytes(Object value) {
        return new String(Json.bytes(value), StandardCharsets.UTF_8);
    }

    @Nested
    class Bodies {
        @Test
        void haveEachValueWhereItStands() {
            Part other = new Part("other", List.of());
            Whole whole = new Whole(PART, 1, PART, List.of(PART, other, PART, other));

            String part = "{\"name\":\"ä \\\"quoted\\\"\",\"numbers\":[1,2]}";
            String second = "{\"name\":\"other\",\"numbers\":[]}";
            assertEquals(
                    "{\"first\":" + part + ",\"number\":1,\"second\":" + part + ",\"more\":[" + part + "," + second
                            + "," + part + "," + second + "]}",
                    bytes(whole));
        }

        @Test
        void thatAreNothingElseAreWritten() {
            assertEquals(Json.text(PART), bytes(PART));
            assertEquals(Json.text(List.of(PART, PART)), bytes(List.of(PART, PART)));
        }

        @Test
        void areThoseOfTheirOwnValuesAlone() {
            bytes(new Whole(PART, 1, PART, List.of()));

            assertEquals(Json.text(Map.of("part", PART)), bytes(Map.of("part", PART)));
        }

        @Test
        void largerThanAnyBufferAreWhole() {
            Part large = new Part("x".repeat(100_000), List.of());

            assertEquals(Json.text(List.of(large, large, large)), bytes(List.of(large, large, large)));
        }
    }

    @Nested
    class Instants {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "2026-01-31T12:00:00Z",
                    "2026-01-31T12:00:00.100Z",
                    "2024-02-29T23:59:59.000001Z",
                    "1969-12-31T23:59:59.000000001Z",
                    "0001-01-01T00:00:00Z",
                    "9999-12-31T23:59:59.999999999Z",
                    "+10000-01-01T00:00:00Z",
                    "-0001-01-01T00:00:00Z"
                })
        void areWrittenAsTheJdkWritesThem(String text) {
            assertEquals('"' + Instant.parse(text).toString() + '"', bytes(Instant.parse(text)));
        }
    }
}
