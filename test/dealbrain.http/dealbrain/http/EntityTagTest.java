package dealbrain.http;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagTest {
    private static final byte[] BYTES = {1, 2, 3};

    @Nested
    class Of {
        @Test
        void startsWithTheVersionOfAResource() {
            assertTrue(EntityTag.of(Thing.of(1), BYTES).startsWith("3-"));
        }

        @Test
        void isEqualForEqualBytesOnly() {
            assertEquals(EntityTag.of("", BYTES), EntityTag.of("", BYTES.clone()));
            assertNotEquals(EntityTag.of("", BYTES), EntityTag.of("", new byte[] {1, 2}));
        }

        @Test
        void differsByEncoding() {
            String tag = EntityTag.of("", BYTES);
            assertNotEquals(tag, EntityTag.gzip(tag));
        }
    }

    @Nested
    class IfNoneMatchHeader {
        @ParameterizedTest
        @ValueSource(
                strings = {"\"a\"", "W/\"a\"", "*", " * ", "\"b\", \"a\"", "\"b\",W/\"a\"", "\"a-gz\"", "\"x,y\", \"a\""
                })
        void isComparedWeaklyAndInEitherEncoding(String header) {
            assertTrue(EntityTag.matches(header, "a"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"b\"", "a", "", "\"A\"", "\"a", "\"*\"", "\"a \""})
        void doesNotMatchAnotherTag(String header) {
            assertFalse(EntityTag.matches(header, "a"));
        }
    }

    @Nested
    class IfMatchHeader {
        @ParameterizedTest
        @ValueSource(strings = {"*", "\"3-abc\"", "\"3-abc-gz\"", "\"1-x\", \"3-y\"", "W/\"3-abc\", \"3-abc\""})
        void acceptsTheStoredVersion(String header) {
            assertDoesNotThrow(() -> IfMatch.of(header).require(Thing.of(1)));
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"2-abc\"", "\"33-abc\"", "W/\"3-abc\"", "3-abc", "", "\"\"", "\"*\""})
        void rejectsOtherVersionsByStrongComparison(String header) {
            ProblemException problem = assertThrows(
                    ProblemException.class, () -> IfMatch.of(header).require(Thing.of(1)));
            assertEquals(ProblemType.PRECONDITION_FAILED, problem.type());
        }

        @Test
        void acceptsAnyStateIfAbsent() {
            assertEquals(IfMatch.ANY, IfMatch.of(null));
        }
    }
}
