package dealbrain.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.http.Problem.Mistake;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PatchTest {
    static final ThingInput STORED = new ThingInput(
            "n",
            "a note",
            new BigDecimal("12.50"),
            null,
            ThingInput.State.NEW,
            ThingInput.Color.RED,
            Instant.parse("2026-01-31T12:00:00.123456Z"),
            7,
            8L,
            (ObjectNode) Json.tree(Map.of("a", 1, "b", Map.of("c", 2, "d", 3))),
            Map.of("cpu", new BigDecimal("0.50")),
            List.of(new ThingInput.Part("usb", 2)),
            List.of(1L));
    private static final Schemas SCHEMAS = new Schemas();

    private static ThingInput apply(String patch) {
        return new Patch<>(
                        Json.parse(patch.getBytes(StandardCharsets.UTF_8)),
                        ThingInput.class,
                        SCHEMAS.input(ThingInput.class))
                .applyTo(STORED);
    }

    private static List<Mistake> mistakes(String patch) {
        return assertThrows(ProblemException.class, () -> apply(patch)).mistakes();
    }

    @Nested
    class ApplyTo {
        @Test
        void keepsWhatIsAbsent() {
            assertEquals(STORED, apply("{}"));
        }

        @Test
        void clearsByNull() {
            ThingInput changed = apply("{\"note\": null, \"color\": null, \"price\": null}");
            assertNull(changed.note());
            assertNull(changed.color());
            assertNull(changed.price());
            assertEquals(STORED.seenAt(), changed.seenAt());
        }

        @Test
        void returnsToTheDefaultByNull() {
            assertEquals(ThingInput.State.USED, apply("{\"state\": null}").state());
        }

        @Test
        void exchangesArraysAsAWhole() {
            assertEquals(List.of(5L), apply("{\"ids\": [5]}").ids());
        }

        @Test
        void mergesFreeFormObjects() {
            assertEquals(
                    "{\"b\":{\"c\":2,\"e\":{}},\"f\":[null]}",
                    Json.text(apply(
                                    "{\"attributes\": {\"a\": null, \"b\": {\"d\": null, \"e\": {\"x\": null}}, \"f\": [null]}}")
                            .attributes()));
        }

        @Test
        void leavesTheStoredThingAsItIs() {
            apply("{\"attributes\": {\"b\": {\"c\": 5}}}");
            assertEquals(2, STORED.attributes().at("/b/c").intValue());
        }

        @Test
        void refusesToClearWhatIsRequired() {
            assertEquals(List.of(Mistake.at("/name", "name is required")), mistakes("{\"name\": null}"));
        }

        @Test
        void refusesUnknownMembersEvenAsNull() {
            assertEquals(List.of(Mistake.at("/other", "other is not known here")), mistakes("{\"other\": null}"));
            assertEquals(List.of(Mistake.at("/other", "other is not known here")), mistakes("{\"other\": {\"a\": 1}}"));
        }

        @Test
        void refusesWhatIsNoObject() {
            assertEquals(List.of(Mistake.at("", "the body must be an object, was an array")), mistakes("[]"));
            assertEquals(List.of(Mistake.at("", "the body must be an object, was null")), mistakes("null"));
        }

        @Test
        void listsAllMistakesOfTheMergedInput() {
            assertEquals(
                    3,
                    mistakes("{\"name\": \"\", \"price\": \"x\", \"note\": {}}").size());
        }
    }
}
