package dealbrain.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantSerializerTest {
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
    void writesTheSameTextAsTheJdk(String text) {
        assertEquals('"' + Instant.parse(text).toString() + '"', Json.text(Instant.parse(text)));
    }
}
