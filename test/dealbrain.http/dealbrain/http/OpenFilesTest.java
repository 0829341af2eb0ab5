package dealbrain.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenFilesTest {
    @ParameterizedTest
    @ValueSource(ints = {300, 400, 1024, 4096, 11_000})
    void leavesFilesForOtherPurposes(int limit) {
        OpenFiles start = new OpenFiles(100, limit);
        assertTrue(start.used() + start.maxConnections() + 50 < limit, start.maxConnections() + " connections");
        assertFalse(start.isSufficient());
    }

    @Test
    void allowsNoMoreThanTheServerCanUse() {
        assertEquals(OpenFiles.MAX_CONNECTIONS, new OpenFiles(100, Long.MAX_VALUE).maxConnections());
        assertEquals(OpenFiles.MAX_CONNECTIONS, new OpenFiles(100, 524_288).maxConnections());
        assertEquals(16, new OpenFiles(100, 64).maxConnections());
    }

    @Test
    void namesALimitThatIsSufficient() {
        OpenFiles files = new OpenFiles(100, 1024);
        assertTrue(new OpenFiles(100, files.sufficientLimit()).isSufficient());
    }

    @Test
    void areScarceNearTheLimit() {
        assertFalse(new OpenFiles(100, 400).areScarce());
        assertTrue(new OpenFiles(300, 400).areScarce());
    }

    @Test
    void areThoseOfThisProcess() {
        OpenFiles now = OpenFiles.now();
        assertTrue(now.used() > 0 && now.used() < now.limit(), now.toString());
    }
}
