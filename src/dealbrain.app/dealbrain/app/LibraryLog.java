package dealbrain.app;

import java.text.MessageFormat;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import org.slf4j.LoggerFactory;

/** Passes on to our log what libraries tell the JDK's: that telemetry cannot be sent, for one. */
final class LibraryLog extends Handler {
    static void install() {
        LogManager.getLogManager().reset();
        LogManager.getLogManager().getLogger("").addHandler(new LibraryLog());
    }

    @Override
    public void publish(LogRecord line) {
        if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
            LoggerFactory.getLogger(String.valueOf(line.getLoggerName()))
                    .atLevel(
                            line.getLevel().intValue() >= Level.SEVERE.intValue()
                                    ? org.slf4j.event.Level.ERROR
                                    : org.slf4j.event.Level.WARN)
                    .setCause(line.getThrown())
                    .log(
                            line.getParameters() == null
                                    ? line.getMessage()
                                    : MessageFormat.format(line.getMessage(), line.getParameters()));
        }
    }

    @Override
    public void flush() {
        // nothing is held back
    }

    @Override
    public void close() {
        // nothing is open
    }
}
