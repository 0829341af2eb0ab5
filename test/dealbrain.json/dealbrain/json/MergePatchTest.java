package dealbrain.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MergePatchTest {
    private static final ThingInput STORED = ThingInput.SAMPLE;
    private static final InputSchemas SCHEMAS = new InputSchemas();

    private static ThingInput apply(String patch) {
        return new MergePatch<>(
                        Json.parse(patch.getBytes(StandardCharsets.UTF_8)),
                        ThingInput.class,
                        SCHEMAS.input(ThingInput.class))
                .applyTo(STORED);
    }

    private static List<InputError> errors(String patch) {
        return assertThrows(InvalidInputException.class, () -> apply(patch)).errors();
    }

    @Nested
    class ApplyTo {
        @Test
        void keepsAbsentMembers() {
            assertEquals(STORED, apply("{}"));
        }

        @Test
        void clearsMembersByNull() {
            ThingInput changed = apply("{\"note\": null, \"color\": null, \"price\": null}");
            assertNull(changed.note());
            assertNull(changed.color());
            assertNull(changed.price());
            assertEquals(STORED.seenAt(), changed.seenAt());
        }

        @Test
        void appliesTheDefaultByNull() {
            assertEquals(ThingInput.State.USED, apply("{\"state\": null}").state());
        }

        @Test
        void replacesArrays() {
            assertEquals(List.of(5L), apply("{\"ids\": [5]}").ids());
        }

        @Test
        void mergesFreeFormObjects() {
            ThingInput changed = apply("""
                    {"attributes": {"a": null, "b": {"d": null, "e": {"x": null}}, "f": [null]}}""");
            assertEquals("{\"b\":{\"c\":2,\"e\":{}},\"f\":[null]}", Json.text(changed.attributes()));
        }

        @Test
        void doesNotChangeTheStoredInput() {
            apply("{\"attributes\": {\"b\": {\"c\": 5}}}");
            assertEquals(2, STORED.attributes().at("/b/c").intValue());
        }

        @Test
        void rejectsClearingARequiredMember() {
            assertEquals(List.of(InputError.at("/name", "name is required")), errors("{\"name\": null}"));
        }

        @Test
        void rejectsUnknownMembersAlsoWithNull() {
            assertEquals(List.of(InputError.at("/other", "other is unknown")), errors("{\"other\": null}"));
            assertEquals(List.of(InputError.at("/other", "other is unknown")), errors("{\"other\": {\"a\": 1}}"));
        }

        @Test
        void rejectsOtherTypesThanObjects() {
            assertEquals(List.of(InputError.at("", "the body must be an object, was an array")), errors("[]"));
            assertEquals(List.of(InputError.at("", "the body must be an object, was null")), errors("null"));
        }

        @Test
        void reportsAllErrorsOfTheMergedInput() {
            assertEquals(
                    3,
                    errors("{\"name\": \"\", \"price\": \"x\", \"note\": {}}").size());
        }
    }
}
