package dealbrain.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.logging.LogManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Configures Logback to write to the standard output: as text, or in production as one JSON object per line. Logback
 * loads this class as a service.
 */
public final class LogConfigurator extends ContextAwareBase implements Configurator {
    private static final String PATTERN = "%d{HH:mm:ss.SSS} %-5level %logger{0}: %msg %kvp %mdc%n";
    private static final String DEALBRAIN = "dealbrain";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setPattern(PATTERN);
        install(context, encoder);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Turns all loggers off, for commands that print their results themselves. */
    static void silence() {
        context().getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
        context().getLogger(DEALBRAIN).setLevel(Level.OFF);
    }

    /** Applies the configuration; until then the log is text at the level {@code INFO}. */
    static void apply(boolean json, ObservabilityConfig.LogLevel level) {
        if (json) {
            install(context(), new JsonLogEncoder());
        }
        bridgeJavaUtilLogging();
        context().getLogger(DEALBRAIN).setLevel(Level.valueOf(level.name()));
    }

    /** Sends the warnings and errors of libraries that log by {@code java.util.logging} to this log. */
    static void bridgeJavaUtilLogging() {
        LogManager.getLogManager().reset();
        SLF4JBridgeHandler handler = new SLF4JBridgeHandler();
        handler.setLevel(java.util.logging.Level.WARNING);
        LogManager.getLogManager().getLogger("").addHandler(handler);
    }

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }

    private static void install(LoggerContext context, Encoder<ILoggingEvent> encoder) {
        encoder.setContext(context);
        encoder.start();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setEncoder(encoder);
        console.start();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.setLevel(Level.WARN);
        root.addAppender(console);
        // Lettuce warns at each attempt to connect to a node that is down. dealbrain.caching reports each outage once.
        context.getLogger("io.lettuce").setLevel(Level.ERROR);
        context.getLogger(DEALBRAIN).setLevel(Level.INFO);
    }
}
