package dealbrain.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Nested
    class Parse {
        private static String rejection(byte[] bytes) {
            MalformedJsonException malformed = assertThrows(MalformedJsonException.class, () -> Json.parse(bytes));
            String message = malformed.getMessage();
            assertFalse(
                    message.matches(
                            "(?s).*(com\\.fasterxml|java\\.|Feature|Stream|JSON [A-Z]|[Tt]oken|code [0-9]|\\n).*"),
                    message);
            return message;
        }

        private static String rejection(String text) {
            return rejection(text.getBytes(StandardCharsets.UTF_8));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"a\":1} x",
                    "{\"a\\nb\":1,\"a\\nb\":1}",
                    "{\"a\":1}{}",
                    "{\"a\":1,}",
                    "{'a':1}",
                    "{a:1}",
                    "[1,,2]",
                    "NaN",
                    "[Infinity]",
                    "01",
                    "+1",
                    "1.",
                    ".5",
                    "\"a",
                    "\"\t\"",
                    "\"\\x\"",
                    "/* */ 1",
                    "{\"a\":}",
                    "nul",
                    "{\"a\":1",
                    "[",
                    "\u00a0[]",
                    "\u0000",
                    "\"\u0000\"",
                    "[1]\u0000"
                })
        void rejectsInvalidJson(String text) {
            rejection(text);
        }

        @ParameterizedTest
        @CsvSource({"'{\"a\":1,\"a\":2}', \"a\"", "'{\"b\":{\"a\":1,\"\\u0061\":2}}', \"a\""})
        void rejectsDuplicateMembersByName(String text, String name) {
            assertFalse(rejection(text).isEmpty());
            assertEquals(true, rejection(text).endsWith("the member \"a\" is given twice"), rejection(text));
        }

        @Test
        void reportsLineAndColumn() {
            assertEquals(
                    true,
                    rejection("{\n  \"a\": x\n}").startsWith("invalid JSON at line 2, column "),
                    rejection("{\n  \"a\": x\n}"));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "{\"a\":1,} | a comma must not stand before }",
                    "[1, ] | a comma must not stand before ]",
                    "{\"a\":} | a value is missing before }",
                    "[1,,2] | a value is missing before the comma",
                    "{'a':1} | a name or text must be in straight double quotes (\")",
                    "{\u201Ca\u201D:1} | a name or text must be in straight double quotes (\")",
                    "{a:1} | a name must be in double quotes",
                    "{\"a\": 1 /* x */} | JSON has no comments",
                    "{\"a\": 1 // x} | JSON has no comments",
                    "# x | JSON has no comments",
                    "{\"a\": NaN} | \"NaN\" is not a number of JSON",
                    "{\"a\": 01} | a number must not start with zeros",
                    "{\"a\": +1} | a number must not start with a plus sign",
                    "{\"a\": 1 | the JSON ends before it is complete",
                    "{\"a\":1 \"b\":2} | a comma or colon is missing before \"",
                    "[1} | expected ], was }",
                    "{\"a\": True} | unexpected \"True\"; a text must be in double quotes, and the only other words are "
                            + "true, false and null",
                    "title=PC | unexpected \"title\"; a text must be in double quotes, and the only other words are "
                            + "true, false and null"
                })
        void saysWhatIsWrong(String text, String reason) {
            assertEquals(reason, rejection(text).replaceFirst("invalid JSON at line 1, column [0-9]+: ", ""));
        }

        @Test
        void ignoresAByteOrderMark() {
            assertEquals(
                    "{}",
                    Json.parse("\ufeff{}".getBytes(StandardCharsets.UTF_8)).toString());
            assertEquals("the body must be JSON, was blank", rejection("\ufeff"));
            rejection("\ufeff\ufeff{}");
        }

        @Test
        void rejectsOtherEncodings() {
            rejection("{}".getBytes(StandardCharsets.UTF_16));
            rejection("{}".getBytes(StandardCharsets.UTF_16LE));
            rejection("{\"a\": 1}".getBytes(StandardCharsets.UTF_16BE));
        }

        @Test
        void rejectsInvalidUtf8() {
            for (byte[] bytes : new byte[][] {
                {'"', (byte) 0xFC, '"'},
                {'"', (byte) 0xC0, (byte) 0xAF, '"'},
                {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'},
                {'"', (byte) 0xE2, (byte) 0x82, '"'}
            }) {
                assertEquals("the body is not valid UTF-8", rejection(bytes));
            }
        }

        @Test
        void rejectsEmptyAndBlankTexts() {
            assertEquals("the body must be JSON, was empty", rejection(""));
            assertEquals("the body must be JSON, was blank", rejection(" \n\t"));
        }

        @Test
        void limitsNesting() {
            Json.parse(("[".repeat(40) + "]".repeat(40)).getBytes(StandardCharsets.UTF_8));
            assertEquals(
                    true,
                    rejection("[".repeat(41) + "]".repeat(41))
                            .startsWith("the JSON must not nest deeper than 40 levels"));
            rejection("[".repeat(500_000));
            rejection("{\"a\":".repeat(100_000));
        }

        @Test
        void limitsNumbersNamesAndTokens() {
            assertEquals(
                    true,
                    rejection("1".repeat(1_000_000)).startsWith("a number must not have more than 100 digits"),
                    rejection("1".repeat(1_000_000)));
            assertEquals(
                    true,
                    rejection("{\"" + "n".repeat(1001) + "\":1}")
                            .startsWith("a name must not have more than 1000 characters"));
            rejection("1e99999999999999999999");
            assertEquals(
                    true,
                    rejection("[" + "{},".repeat(150_000) + "1]")
                            .startsWith("the JSON must not have more than 300000 names, values and brackets"));
        }

        @Test
        void doesNotExpandHugeExponents() {
            JsonNode tree = assertTimeoutPreemptively(
                    Duration.ofSeconds(60),
                    () -> Json.parse("[1e999999999, 1e-999999999]".getBytes(StandardCharsets.UTF_8)));
            assertEquals(new BigDecimal("1e999999999"), tree.get(0).decimalValue());
        }

        @Test
        void isFastForNamesWithTheSameHash() {
            String names = IntStream.range(0, 1 << 14)
                    .mapToObj(i -> "\""
                            + Integer.toBinaryString(i | 1 << 14)
                                    .replace("0", "Aa")
                                    .replace("1", "BB") + "\":1")
                    .collect(Collectors.joining(",", "{", "}"));
            assertEquals(
                    1 << 14,
                    assertTimeoutPreemptively(
                                    Duration.ofSeconds(30), () -> Json.parse(names.getBytes(StandardCharsets.UTF_8)))
                            .size());
        }
    }

    @Nested
    class Bind {
        @Test
        void reportsValuesThatOnlyTheJavaTypeRejects() {
            JsonNode tree = Json.parse(
                    "{\"parts\": [{\"type\": \"a\", \"count\": \"many\"}]}".getBytes(StandardCharsets.UTF_8));
            InvalidInputException invalid =
                    assertThrows(InvalidInputException.class, () -> Json.bind(tree, ThingInput.class));
            assertEquals("/parts/0/count", invalid.errors().getFirst().pointer());
            assertEquals(
                    "count must be a value that can be stored, was \"many\"",
                    invalid.errors().getFirst().detail());
        }
    }

    @Nested
    class Text {
        public record Sample(Instant createdAt, BigDecimal priceUsd, ThingInput.Color color) {}

        @Test
        void hasSnakeCaseNamesPlainDecimalsAndTimesInUtc() {
            assertEquals(
                    "{\"created_at\":\"2026-01-31T12:00:00Z\",\"price_usd\":1200.00,\"color\":\"dark_blue\"}",
                    Json.text(new Sample(
                            Instant.parse("2026-01-31T12:00:00Z"),
                            new BigDecimal("12e2").setScale(2),
                            ThingInput.Color.DARK_BLUE)));
        }
    }

    @Nested
    class Read {
        @Test
        void readsATypeWithTypeArguments() throws NoSuchFieldException {
            Type listOfSamples = Types.class.getDeclaredField("samples").getGenericType();
            assertEquals(
                    List.of(new ThingInput.Part("usb", 2)),
                    Json.read("[{\"type\": \"usb\", \"count\": 2}]", listOfSamples));
        }

        private record Types(List<ThingInput.Part> samples) {}
    }

    @Nested
    class MemberName {
        private record Sample(
                int priceUsd, @JsonProperty("interface") String bus) {}

        @Test
        void isInSnakeCaseUnlessAnnotated() {
            RecordComponent[] components = Sample.class.getRecordComponents();
            assertEquals("price_usd", Json.memberName(components[0]));
            assertEquals("interface", Json.memberName(components[1]));
        }
    }
}
