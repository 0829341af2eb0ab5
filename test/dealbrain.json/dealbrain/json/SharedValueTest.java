package dealbrain.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SharedValueTest {
    public record Part(String name, List<Integer> numbers) implements SharedValue {}

    public record Whole(Part first, int number, Part second, List<Part> more) {}

    private static final Part PART = new Part("ä \"quoted\"", List.of(1, 2));

    /** Returns a body without the line break at its end. */
    private static String bytes(Object value) {
        String text = new String(Json.bytes(value), StandardCharsets.UTF_8);
        assertEquals(text.length() - 1, text.indexOf('\n'), text);
        return text.strip();
    }

    @Nested
    class Bodies {
        @Test
        void containSharedValuesAtEveryPosition() {
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
        void mayBeASharedValueOrAListOfThem() {
            assertEquals(Json.text(PART), bytes(PART));
            assertEquals(Json.text(List.of(PART, PART)), bytes(List.of(PART, PART)));
        }

        @Test
        void doNotContainValuesOfEarlierBodies() {
            bytes(new Whole(PART, 1, PART, List.of()));

            assertEquals(Json.text(Map.of("part", PART)), bytes(Map.of("part", PART)));
        }

        @Test
        void mayBeLargerThanTheBuffer() {
            Part large = new Part("x".repeat(100_000), List.of());

            assertEquals(Json.text(List.of(large, large, large)), bytes(List.of(large, large, large)));
        }
    }
}
