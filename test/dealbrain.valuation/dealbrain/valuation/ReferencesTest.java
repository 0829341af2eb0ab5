package dealbrain.valuation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.json.InputError;
import dealbrain.json.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferencesTest {
    private static List<InputError> errors(String references, String measure, String weight) {
        return References.errors(
                Json.read(references, ObjectNode.class),
                Map.of(measure, new BigDecimal(weight), "quiet", BigDecimal.TEN));
    }

    @Test
    void areNumbersOrPairs() {
        assertEquals(List.of(), errors("{\"ram_gb\": 64}", "ram_gb", "0.5"));
        assertEquals(List.of(), errors("{\"ram_gb\": [64, 8]}", "ram_gb", "0"));
        assertEquals(List.of(), errors("{\"price_per_mark\": [0.01, 0.05]}", "price_per_mark", "1"));
        assertEquals(List.of(), errors("{}", "ram_gb", "-5"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "\"64\"",
                "null",
                "true",
                "[64]",
                "[64, 8, 1]",
                "[8, 64]",
                "[8, 8]",
                "[-8, 64]",
                "{}",
                "1000000001",
                "0.00000000001",
                "[\"64\", 8]"
            })
    void areRefusedIfNothingCanBeComparedWithThem(String reference) {
        List<InputError> errors = errors("{\"ram_gb\": " + reference + "}", "ram_gb", "1");

        assertEquals(
                List.of("/references/ram_gb"),
                errors.stream().map(InputError::pointer).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.05", "[0.05, 0.01]", "[0.05, 0.05]"})
    void mustBeAPairWhereLessIsBetter(String reference) {
        assertEquals(
                1,
                errors("{\"price_per_mark\": " + reference + "}", "price_per_mark", "1")
                        .size());
    }

    @ParameterizedTest
    @CsvSource({"-1", "1000000001", "0.00000000001"})
    void needAWeight(String weight) {
        assertEquals(
                List.of("/weights/ram_gb"),
                errors("{\"ram_gb\": 64}", "ram_gb", weight).stream()
                        .map(InputError::pointer)
                        .toList());
        assertEquals(1, errors("{\"ram_gb\": 64}", "cpu_mark_multi", "1").size());
    }

    @Test
    void nameTheMeasures() {
        InputError error = errors("{\"noise~/\": 1}", "ram_gb", "1").getFirst();

        assertEquals("/references/noise~0~1", error.pointer());
        assertTrue(error.detail().contains("cpu_mark_multi, cpu_mark_single, gpu_mark"), error.detail());
    }
}
