package dealbrain.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UriDecoderTest {
    @Nested
    class OfPath {
        @Test
        void keepsAnEncodedSlashWithinItsSegment() {
            assertEquals(List.of("a", "b/c", "ü€😀"), UriDecoder.path("/a/b%2fc/%C3%BC%E2%82%AC%F0%9F%98%80"));
        }

        @Test
        void doesNotDecodeAPlus() {
            assertEquals(List.of("a+b"), UriDecoder.path("/a+b"));
        }

        @Test
        void keepsEmptySegments() {
            assertEquals(List.of("a", "", ""), UriDecoder.path("/a//"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/%",
                    "/%1",
                    "/%g0",
                    "/%+1",
                    "/%-1",
                    "/%\uff11\uff11",
                    "/%C3",
                    "/%C0%AF",
                    "/%ED%A0%80",
                    "/%F8%80%80%80",
                    "/a%00",
                    "/\u00fc"
                })
        void rejectsInvalidPercentEncoding(String path) {
            ProblemException problem = assertThrows(ProblemException.class, () -> UriDecoder.path(path));
            assertEquals(ProblemType.MALFORMED, problem.type());
        }
    }

    @Nested
    class OfQuery {
        @Test
        void decodesNamesAndValues() {
            assertEquals(
                    Map.of("q", List.of("a b+c&d=e"), "sort by", List.of("")),
                    UriDecoder.query("q=a+b%2Bc%26d=e&sort%20by"));
        }

        @Test
        void keepsEveryValueOfAName() {
            assertEquals(Map.of("q", List.of("1", "2", "")), UriDecoder.query("q=1&&q=2&q="));
        }

        @Test
        void isEmptyWithoutParameters() {
            assertEquals(Map.of(), UriDecoder.query(null));
            assertEquals(Map.of(), UriDecoder.query(""));
        }

        @ParameterizedTest
        @ValueSource(strings = {"q=%zz", "%=1", "q=%FF", "q=%00"})
        void rejectsInvalidPercentEncoding(String query) {
            assertEquals(
                    ProblemType.MALFORMED,
                    assertThrows(ProblemException.class, () -> UriDecoder.query(query))
                            .type());
        }
    }
}
