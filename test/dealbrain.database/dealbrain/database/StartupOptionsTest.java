package dealbrain.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartupOptionsTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            -c lock_timeout=5s; lock_timeout; 5s
            -clock_timeout=5s; lock_timeout; 5s
            --lock-timeout=5s; lock_timeout; 5s
            --LOCK_TIMEOUT=5s; lock_timeout; 5s
            endpoint=x   -c  lock_timeout=5s; lock_timeout; 5s
            -c default_transaction_isolation=read\\ committed; default_transaction_isolation; read committed
            -c search_path=a,b -c; search_path; a,b
            """)
    void readsSettingsAsTheServerDoes(String text, String name, String value) {
        assertEquals(Map.of(name, value), StartupOptions.parse(text).settings());
    }

    @Test
    void appendsSettingsAndKeepsOtherWords() {
        assertEquals(
                "endpoint=x -c a=read\\ committed",
                StartupOptions.parse("endpoint=x").with(Map.of("a", "read committed")));
        assertEquals("-c a=1", StartupOptions.parse("").with(Map.of("a", "1")));
    }
}
