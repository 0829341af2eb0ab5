package dealbrain.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RequestCounterTest {
    private static final String SET =
            "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$6\r\n\r\n*1\r\n\r\n"; // a value that looks like a command
    private static final String GET = "*2\r\n$3\r\nGET\r\n$0\r\n\r\n";

    private final RequestCounter counter = new RequestCounter();

    private int count(String text) {
        return counter.count(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void countsCommandsSentTogether() {
        assertEquals(3, count(SET + GET + SET));
        assertEquals(1, count(GET));
    }

    @Test
    void countsACommandWhenItIsComplete() {
        byte[] all = (SET + GET).getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at <= all.length; at++) {
            int before = counter.count(Arrays.copyOf(all, at));
            assertEquals(complete(at), before, "split at " + at);
            assertEquals(2 - before, counter.count(Arrays.copyOfRange(all, at, all.length)), "split at " + at);
        }
    }

    /** Returns how many of the commands SET and GET are complete within the first {@code length} bytes. */
    private static int complete(int length) {
        if (length < SET.length()) {
            return 0;
        }
        return length < SET.length() + GET.length() ? 1 : 2;
    }

    @Test
    void countsInlineCommands() {
        assertEquals(2, count("PING\r\n\r\nSET k 12\r\n"));
    }
}
