package dealbrain.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00f067aa0ba902b7";

    @Test
    void parsesAllParts() {
        assertEquals(
                Optional.of(new TraceParent(TRACE, PARENT, true)),
                TraceParent.parse("00-" + TRACE + "-" + PARENT + "-01"));
        assertEquals(
                Optional.of(new TraceParent(TRACE, PARENT, false)),
                TraceParent.parse("00-" + TRACE + "-" + PARENT + "-02"));
    }

    @Test
    void ignoresPartsOfLaterVersions() {
        assertEquals(
                Optional.of(new TraceParent(TRACE, PARENT, true)),
                TraceParent.parse("01-" + TRACE + "-" + PARENT + "-01-more"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-" + TRACE + "-" + PARENT,
                "ff-" + TRACE + "-" + PARENT + "-01",
                "00-" + TRACE + "-" + PARENT + "-01-more",
                "00-00000000000000000000000000000000-" + PARENT + "-01",
                "00-" + TRACE + "-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + PARENT + "-01",
                "00-" + TRACE + "-" + PARENT + "-1",
                "00-" + TRACE + "-" + PARENT + "-01, 00-" + TRACE + "-" + PARENT + "-01"
            })
    void ignoresInvalidHeaders(String header) {
        assertEquals(Optional.empty(), TraceParent.parse(header));
    }
}
