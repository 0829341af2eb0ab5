package dealbrain.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InputBinderTest {
    private static final InputSchemas SCHEMAS = new InputSchemas();

    private static ThingInput bind(String json) {
        return InputBinder.bind(
                Json.parse(json.getBytes(StandardCharsets.UTF_8)), ThingInput.class, SCHEMAS.input(ThingInput.class));
    }

    private static List<InputError> errors(String json) {
        InvalidInputException invalid = assertThrows(InvalidInputException.class, () -> bind(json));
        return invalid.errors();
    }

    /** Returns the only error of an input with a valid name and {@code member}. */
    private static String error(String member) {
        List<InputError> errors = errors("{\"name\": \"n\", " + member + "}");
        assertEquals(1, errors.size(), errors.toString());
        return errors.getFirst().pointer() + ": " + errors.getFirst().detail();
    }

    @Nested
    class Bind {
        @Test
        void appliesDefaults() {
            ThingInput thing = bind("{\"name\": \"n\", \"parts\": [{\"type\": \"usb\"}]}");
            assertEquals(ThingInput.State.USED, thing.state());
            assertEquals(List.of(new ThingInput.Part("usb", 1)), thing.parts());
            assertNull(thing.note());
            assertNull(thing.color());
        }

        @Test
        void doesNotShareDefaultsBetweenInputs() {
            assertNotSame(
                    bind("{\"name\": \"a\"}").attributes(),
                    bind("{\"name\": \"b\"}").attributes());
        }

        @Test
        void acceptsNullForNullableMembers() {
            ThingInput thing = bind("""
                    {"name": "n", "note": null, "price": null, "color": null, "seen_at": null, "part_id": null}""");
            assertNull(thing.color());
            assertNull(thing.price());
        }

        @Test
        void bindsEveryKindOfMember() {
            ThingInput thing = bind("""
                    {"name": "ü😀", "price": 12.50, "state": "new", "color": "dark_blue", "count": 1e2,
                     "seen_at": "2026-01-31T13:00:00+01:00", "part_id": 9007199254740993, "weights": {"cpu": 0.5},
                     "attributes": {"deep": {"er": [1, null]}}, "ids": [1, 2.0]}""");
            assertEquals(new BigDecimal("12.50"), thing.price());
            assertEquals(ThingInput.Color.DARK_BLUE, thing.color());
            assertEquals(Instant.parse("2026-01-31T12:00:00Z"), thing.seenAt());
            assertEquals(100, thing.count());
            assertEquals(9_007_199_254_740_993L, thing.partId());
            assertEquals("{\"deep\":{\"er\":[1,null]}}", thing.attributes().toString());
            assertEquals(List.of(1L, 2L), thing.ids());
        }
    }

    @Nested
    class Errors {
        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "other": 1 | /other: other is unknown
                    "a/b~c": 1 | /a~1b~0c: a/b~c is unknown
                    "": 1 | /: the member with an empty name is unknown
                    "note": 5 | /note: note must be a string or null, was 5
                    "price": "12" | /price: price must be a number or null, was "12"
                    "price": -1 | /price: price must be between 0 and 1000, was -1
                    "price": 1.999 | /price: price must be a multiple of 0.01, was 1.999
                    "email": "ada" | /email: email must be an e-mail address, was "ada"
                    "state": "old" | /state: state must be one of new, used, was "old"
                    "color": "green" | /color: color must be one of red, dark_blue, was "green"
                    "seen_at": "yesterday" | \
                    /seen_at: seen_at must be a date, or a time with its offset, such as \
                    2026-01-31T12:00:00Z, was "yesterday"
                    "count": 1.5 | /count: count must be an integer or null, was 1.5
                    "count": 2147483648 | /count: count must be between -2147483648 and 2147483647, was 2147483648
                    "part_id": 9223372036854775808 | \
                    /part_id: part_id must be between -9223372036854775808 and 9223372036854775807, \
                    was 9223372036854775808
                    "part_id": true | /part_id: part_id must be an integer or null, was true
                    "attributes": [] | /attributes: attributes must be an object, was an array
                    "weights": {"cpu": "much"} | /weights/cpu: cpu must be a number, was "much"
                    "ids": [1, null] | /ids/1: element 1 must be an integer, was null
                    "parts": [{"count": 1}] | /parts/0/type: type is required
                    "parts": [{"type": "a", "count": 0}] | /parts/0/count: count must be between 1 and 2147483647, was 0
                    "parts": [1] | /parts/0: element 0 must be an object, was 1
                    "parts": [1, 2, 3, 4], "x": 1 | 6
                    "note": "a\\u0000b" | /note: note must not contain NUL (U+0000) or an unpaired surrogate
                    "note": "\\ud800" | /note: note must not contain NUL (U+0000) or an unpaired surrogate
                    "attributes": {"\\u0000": 1} | \
                    /attributes: attributes must not have a name with NUL (U+0000) or an unpaired surrogate
                    "attributes": {"a": 1e999999999} | \
                    /attributes/a: a must not have more than 40 digits before or after the point, was 1E+999999999
                    "price": 1e-999999999 | \
                    /price: price must not have more than 40 digits before or after the point, was 1E-999999999
                    """)
        void nameTheMemberTheRuleAndTheValue(String member, String expected) {
            if (expected.equals("6")) {
                assertEquals(6, errors("{\"name\": \"n\", " + member + "}").size());
            } else {
                assertEquals(expected, error(member));
            }
        }

        @Test
        void reportTheLengthOfATextInCodePoints() {
            assertEquals(
                    "name must have between 1 and 20 characters, has 0",
                    errors("{\"name\": \"\"}").getFirst().detail());
            assertEquals(
                    "name must have between 1 and 20 characters, has 21",
                    errors("{\"name\": \"" + "😀".repeat(21) + "\"}").getFirst().detail());
            assertEquals(
                    "/note: note must have at most 50 characters, has 51",
                    error("\"note\": \"" + "n".repeat(51) + "\""));
        }

        @Test
        void areReportedTogether() {
            List<InputError> errors = errors("""
                    {"note": 1, "price": 1001, "other": {}, "seen_at": "2026-01-31T12:00:00Z\\u0000"}""");
            assertEquals(
                    List.of(
                            "name is required",
                            "note must be a string or null, was 1",
                            "other is unknown",
                            "price must be between 0 and 1000, was 1001",
                            "seen_at must not contain NUL (U+0000) or an unpaired surrogate"),
                    errors.stream()
                            .map(InputError::detail)
                            .filter(detail -> !detail.contains("must be a date"))
                            .sorted()
                            .toList());
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {"[1] | an array", "null | null", "\"a\" | \"a\"", "1 | 1"})
        void ofTheWholeBodyHaveAnEmptyPointer(String json, String kind) {
            assertEquals(List.of(InputError.at("", "the body must be an object, was " + kind)), errors(json));
        }

        @Test
        void abbreviateLongValues() {
            String detail = errors("{\"name\": \"n\", \"state\": \"" + "x".repeat(100_000) + "\"}")
                    .getFirst()
                    .detail();
            assertTrue(detail.endsWith("xxx…") && detail.length() < 120, detail);
        }

        @Test
        void includeImpossibleTimes() {
            for (String time : List.of(
                    "2026-02-30T12:00:00Z",
                    "2026-12-31T23:59:60Z",
                    "2026-01-31T24:00:00Z",
                    "2026-01-31T12:00:00",
                    "2026-01-31T12:00",
                    "2026-01-31T12:00:00+25:00",
                    "2026-02-30",
                    "2026-1-31",
                    "31.01.2026",
                    "2026-01-31Z",
                    "1")) {
                assertTrue(error("\"seen_at\": \"" + time + "\"").startsWith("/seen_at: seen_at must be "), time);
            }
        }

        @ParameterizedTest
        @CsvSource({
            "2026-01-31T12:00:00Z",
            "2026-01-31T12:00Z",
            "2026-01-31t12:00:00z",
            "2026-01-31 12:00:00Z",
            "2026-01-31 12:00:00 +00:00",
            "2026-01-31T13:00+01",
            "2026-01-31T13:00:00+0100",
            "2026-01-31T13:00:00.000+01:00",
            "'2026-01-31T12:00:00,0000000000001Z'",
            "2026-01-31T08:30-03:30"
        })
        void doNotIncludeTimesOfOtherForms(String time) {
            assertEquals(
                    Instant.parse("2026-01-31T12:00:00Z"),
                    bind("{\"name\": \"n\", \"seen_at\": \"" + time + "\"}").seenAt());
        }

        @Test
        void doNotIncludeDates() {
            assertEquals(
                    Instant.parse("2026-01-31T00:00:00Z"),
                    bind("{\"name\": \"n\", \"seen_at\": \"2026-01-31\"}").seenAt());
        }

        @Test
        void doNotIncludeNullForAnAbsentMember() {
            ThingInput thing = bind("{\"name\": \"n\", \"note\": null, \"state\": null, \"attributes\": null,"
                    + " \"weights\": null, \"ids\": null, \"parts\": [{\"type\": \"usb\", \"count\": null}]}");
            assertEquals(ThingInput.State.USED, thing.state());
            assertEquals(0, thing.attributes().size());
            assertEquals(List.of(), thing.ids());
            assertEquals(List.of(new ThingInput.Part("usb", 1)), thing.parts());
            assertEquals(
                    List.of(InputError.at("/name", "name must be a string, was null")), errors("{\"name\": null}"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"12", "12.0", "1.2e1", "120e-1"})
        void doNotIncludeOtherFormsOfAnInteger(String number) {
            assertEquals(
                    12, bind("{\"name\": \"n\", \"count\": " + number + "}").count());
        }

        @Test
        void areBoundedInTimeAndNumber() {
            String members =
                    IntStream.range(0, 120_000).mapToObj(i -> "\"" + i + "\":0").collect(Collectors.joining(","));
            assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
                assertEquals(
                        InputSchema.MAX_ERRORS,
                        errors("{\"name\": \"n\"," + members + "}").size());
                assertEquals(
                        120_000,
                        bind("{\"name\": \"n\", \"attributes\": {" + members + "}}")
                                .attributes()
                                .size());
                String name = "n".repeat(999);
                String zeros = "0,".repeat(250_000) + "0";
                bind("{\"name\": \"n\", \"attributes\": {\"" + name + "\": {\"" + name + "\": [" + zeros + "]}}}");
                assertEquals(
                        InputSchema.MAX_ERRORS,
                        errors("{\"name\": \"n\", \"ids\": [" + "null,".repeat(100_000) + "1]}")
                                .size());
            });
        }
    }

    @Nested
    class BindQuery {
        private static Map<String, List<String>> parsed(String query) {
            return Arrays.stream(query.split("&"))
                    .map(pair -> URLDecoder.decode(pair, StandardCharsets.UTF_8).split("=", 2))
                    .collect(Collectors.groupingBy(
                            pair -> pair[0],
                            LinkedHashMap::new,
                            Collectors.mapping(pair -> pair[1], Collectors.toList())));
        }

        private static ThingQuery bind(String query) {
            return InputBinder.bindQuery(parsed(query), ThingQuery.class, SCHEMAS.input(ThingQuery.class));
        }

        @Test
        void convertsTextsToTheTypesOfTheRecord() {
            ThingQuery query = bind("q=5&min_price=12.50&sold=false&state=new&part_id=-7&limit=100");
            assertEquals(
                    new ThingQuery("5", new BigDecimal("12.50"), false, ThingInput.State.NEW, -7L, null, 0, 100, 0),
                    query);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "limit=500          | limit | limit must be between 1 and 100, was 500",
                    "limit=0            | limit | limit must be between 1 and 100, was 0",
                    "limit=ten          | limit | limit must be an integer, was \"ten\"",
                    "limit=             | limit | limit must be an integer, was \"\"",
                    "limit=1.0          | limit | limit must be an integer, was \"1.0\"",
                    "offset=-1          | offset | offset must be between 0 and 2147483647, was -1",
                    "offset=99999999999 | offset | offset must be between 0 and 2147483647, was 99999999999",
                    "sold=yes           | sold | sold must be a boolean, was \"yes\"",
                    "state=             | state | state must be one of new, used, was \"\"",
                    "min_price=1e5      | min_price | min_price must be a number, was \"1e5\"",
                    "page=2             | page | page is unknown",
                    "limit=5&limit=6    | limit | limit must be given once, was given 2 times",
                    "a%2Fb=1            | a/b | a/b is unknown",
                    "=1                 | '' | the member with an empty name is unknown"
                })
        void namesTheInvalidParameter(String query, String parameter, String detail) {
            InvalidInputException invalid = assertThrows(InvalidInputException.class, () -> bind(query));
            assertEquals(List.of(InputError.in(parameter.equals("''") ? "" : parameter, detail)), invalid.errors());
        }

        @Test
        void reportsAllErrorsTogether() {
            InvalidInputException invalid =
                    assertThrows(InvalidInputException.class, () -> bind("limit=0&offset=x&more=1"));
            assertEquals(3, invalid.errors().size());
        }
    }

    @Nested
    class TextOrObject {
        record EitherInput(
                @Nullable @TextOr(ThingInput.Part.class) JsonNode part) {}

        private static JsonNode bound(String part) {
            return SCHEMAS.bind(Json.read("{\"part\": " + part + "}", JsonNode.class), EitherInput.class)
                    .part();
        }

        private static String error(String part) {
            InvalidInputException invalid = assertThrows(InvalidInputException.class, () -> bound(part));
            assertEquals(1, invalid.errors().size(), invalid.errors().toString());
            return invalid.errors().getFirst().pointer() + ": "
                    + invalid.errors().getFirst().detail();
        }

        @Test
        void takesEither() {
            assertEquals("usb", bound("\"usb\"").textValue());
            assertEquals(
                    "{\"type\":\"usb\",\"count\":1}",
                    bound("{\"type\": \"usb\"}").toString());
            assertTrue(bound("null").isNull());
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                5                           | /part: part must be a string or an object or null, was 5
                ['usb']                     | /part: part must be a string or an object or null, was an array
                ''                          | /part: part must have between 1 and 255 characters, has 0
                {}                          | /part/type: type is required
                {'type': 'usb', 'speed': 5} | /part/speed: speed is unknown
                {'type': 'usb', 'count': 0} | /part/count: count must be between 1 and 2147483647, was 0
                """, quoteCharacter = '"')
        void reportsEachErrorOnce(String part, String error) {
            assertEquals(error, error(part.replace('\'', '"')));
        }
    }
}
