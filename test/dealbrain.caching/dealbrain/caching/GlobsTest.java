package dealbrain.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.RespConnection;
import dealbrain.testing.TestRedis;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GlobsTest {
    @RegisterExtension
    static final TestRedis redis = TestRedis.dedicated();

    private static final List<String> TEXTS = List.of(
            "a",
            "b",
            "ab",
            "abc",
            "aXc",
            "a*c",
            "a?c",
            "a\\c",
            "a[c",
            "a]c",
            "a-c",
            "a^c",
            "[",
            "]",
            "-",
            "^",
            "\\",
            "z",
            "é",
            "aéc",
            "a\nc",
            "share:listing:17:x",
            "share:listing:18:x",
            "share:collection:17:x",
            "aaaaaaaaab");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "?",
                "??",
                "a*",
                "*c",
                "a*c",
                "a?c",
                "a\\*c",
                "a\\?c",
                "a\\\\c",
                "\\",
                "a\\",
                "[a-c]",
                "[c-a]",
                "[^a-c]",
                "a[X*]c",
                "a[^X]c",
                "a[]c",
                "[]",
                "[^]",
                "[",
                "[^",
                "[a",
                "[a-",
                "a[\\]]c",
                "a[\\-]c",
                "[a-c",
                "[\\",
                "a[a-\\]c",
                "a]c",
                "a-c",
                "a^c",
                "[-]",
                "[]]",
                "?c",
                "é",
                "a?c*",
                "a??c",
                "[é]",
                "**",
                "a**c",
                "share:listing:17:*",
                "share:*:17:?",
                "*:1[78]:*",
                "*a*a*a*b",
                "a\nc",
                "[!a]",
                "[a-a]",
                "[ab-]",
                "[-a]",
                "[a-c-e]"
            })
    void matchesLikeRedis(String pattern) throws IOException {
        TreeMap<String, Boolean> expected = new TreeMap<>();
        TreeMap<String, Boolean> actual = new TreeMap<>();
        try (RespConnection connection = new RespConnection(redis.address(), Duration.ofSeconds(5))) {
            for (String text : TEXTS) {
                connection.call("FLUSHALL");
                connection.call("SET", text, "x");
                String found = connection.call(
                        "EVAL", "return #redis.call('SCAN', '0', 'MATCH', ARGV[1], 'COUNT', '1000')[2]", "0", pattern);
                expected.put(text, found.equals("1"));
                actual.put(text, Globs.matcher(pattern).test(text));
            }
        }
        assertEquals(expected, actual);
    }

    @Test
    void literalMatchesOnlyItself() {
        for (String text : TEXTS) {
            assertEquals(
                    List.of(text),
                    TEXTS.stream().filter(Globs.matcher(Globs.literal(text))).toList());
        }
    }

    @Test
    void manyStarsDoNotTakeExponentialTime() {
        assertFalse(Globs.matcher("*a".repeat(50) + "b").test("a".repeat(5000)));
        assertTrue(Globs.matcher("*a".repeat(50)).test("a".repeat(5000)));
    }
}
