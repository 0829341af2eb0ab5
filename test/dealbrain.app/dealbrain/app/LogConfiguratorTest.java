package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dealbrain.testing.LogLines;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

class LogConfiguratorTest {
    @RegisterExtension
    final LogLines log = new LogLines("library");

    @Test
    void takesOverTheWarningsAndErrorsOfLibraries() {
        LogConfigurator.bridgeJavaUtilLogging();
        Logger library = Logger.getLogger("library.Sender");
        library.setLevel(Level.ALL);
        library.fine("connecting");
        library.info("connected");
        library.log(Level.WARNING, "cannot send {0} spans", 7);
        library.severe("stopped");
        assertEquals(
                List.of(
                        new LogLines.Line("WARN", "cannot send 7 spans", Map.of()),
                        new LogLines.Line("ERROR", "stopped", Map.of())),
                log.all());
    }

    @Test
    void leavesOutagesOfRedisToTheCache() {
        assertFalse(LoggerFactory.getLogger("io.lettuce.core.RedisClient").isWarnEnabled());
    }
}
