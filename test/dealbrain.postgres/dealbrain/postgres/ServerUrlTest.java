package dealbrain.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerUrlTest {
    private static final String TEXT = "postgresql://dealbrain:se-cr_et@127.0.0.1:5433/dealbrain";

    @Test
    void parsesItsOwnText() {
        ServerUrl url = ServerUrl.of(5433, "se-cr_et");
        assertEquals(TEXT, url.text());
        assertEquals(url, ServerUrl.parse(TEXT + "\n"));
        assertEquals(5433, url.port());
    }

    @Test
    void changesThePortOnly() {
        assertEquals(
                TEXT.replace("5433", "6000"),
                ServerUrl.parse(TEXT).withPort(6000).text());
    }

    @Test
    void hidesThePassword() {
        assertEquals(
                "postgresql://dealbrain@127.0.0.1:5433/dealbrain",
                ServerUrl.parse(TEXT).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\n", "dealbrain", "postgresql://127.0.0.1:5433/dealbrain", "postgresql://a:b@c/d", "a b"})
    void rejectsOtherText(String text) {
        assertThrows(IllegalArgumentException.class, () -> ServerUrl.parse(text));
    }
}
