package dealbrain.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentNegotiationTest {
    @Nested
    class OfMediaTypes {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "application/json",
                    "*/*",
                    "application/*",
                    "text/html, application/json;q=0.1",
                    "APPLICATION/JSON",
                    "Application/Json ; Q=1",
                    "text/html,*/*;q=0.8",
                    "application/json;charset=utf-8",
                    "application/json;q=0.001",
                    "",
                    " "
                })
        void allowsJson(String header) {
            assertTrue(ContentNegotiation.allows(header, List.of("application/json")));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "text/html",
                    "application/json;q=0",
                    "application/json;q=0.000, */*",
                    "application/*;q=0, */*;q=1",
                    "text/*",
                    "*/*;q=0",
                    "json",
                    "application/json; q=0.0000"
                })
        void excludesJson(String header) {
            assertFalse(ContentNegotiation.allows(header, List.of("application/json")));
        }

        @ParameterizedTest
        @ValueSource(strings = {"text/html", "text/css", "text/*;q=0.5"})
        void comparesTypesWithoutTheirParameters(String header) {
            assertTrue(ContentNegotiation.allows(header, List.of("text/html; charset=utf-8", "text/css")));
        }
    }

    @Nested
    class OfGzip {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "gzip",
                    "gzip, deflate, br",
                    "x-gzip",
                    "*",
                    "GZIP;Q=0.5",
                    "br;q=1.0, gzip;q=0.8, *;q=0.1",
                    "identity;q=0, *",
                    "gzip;q=0.5, identity;q=0.5"
                })
        void isPreferred(String header) {
            assertTrue(ContentNegotiation.prefersGzip(header));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "identity",
                    "br",
                    "gzip;q=0",
                    "gzip; q=0.0",
                    "gzip;q=0, *",
                    "*;q=0",
                    "gzip;q=0.5, identity",
                    "identity;q=1, gzip;q=0.9"
                })
        void isNotPreferred(String header) {
            assertFalse(ContentNegotiation.prefersGzip(header));
        }
    }
}
