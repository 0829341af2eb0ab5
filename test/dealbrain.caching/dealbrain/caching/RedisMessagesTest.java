package dealbrain.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dealbrain.testing.LogLines;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisMessagesTest {
    @RegisterExtension
    final LogLines lines = new LogLines(RedisMessages.class.getName());

    private long nanos;
    private final RedisMessages messages = new RedisMessages("own", () -> nanos);
    private final List<Long> received = new ArrayList<>();

    RedisMessagesTest() {
        messages.subscribe("numbers", text -> received.add(Long.valueOf(text)));
    }

    @Test
    void deliversTheMessagesOfOthers() {
        messages.deliver(new RedisMessages("other", () -> 0).format("numbers", "7"));
        messages.deliver(messages.format("numbers", "8"));
        messages.deliver("other letters a");
        messages.deliver("own");
        messages.deliver(UUID.randomUUID().toString());
        assertEquals(List.of(7L), received);
        assertEquals(List.of(), lines.all());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "a b", "a numbers x", "a numbers ", "{\"a\": [", "a numbers 1 2"})
    void ignoresMalformedOnesWithOneWarningEachMinute(String malformed) {
        for (int i = 0; i < 3; i++) {
            messages.deliver(malformed);
        }
        messages.deliver("other numbers 7");
        assertEquals(List.of(7L), received);
        assertEquals(1, lines.all().size());
        nanos += 60_000_000_000L;
        messages.deliver(malformed);
        assertEquals(2, lines.all().size());
    }

    @Test
    void ignoresRandomBytes() {
        Random random = new Random(7);
        for (int i = 0; i < 1000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            messages.deliver(new String(bytes, StandardCharsets.UTF_8));
            messages.deliver("a numbers " + new String(bytes, StandardCharsets.ISO_8859_1));
        }
        messages.deliver("a numbers " + "9".repeat(1_000_000));
        assertEquals(List.of(), received);
        assertEquals(1, lines.all().size());
    }
}
