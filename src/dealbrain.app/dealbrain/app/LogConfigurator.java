package dealbrain.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
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

/** The log: lines for people on the standard output, or JSON lines in production. Found by Logback as a service. */
public final class LogConfigurator extends ContextAwareBase implements Configurator {
    private static final String LINE = "%d{HH:mm:ss.SSS} %-5level %logger{0}: %msg %kvp %mdc%n";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setPattern(LINE);
        install(context, encoder);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** For what says itself what there is to say. */
    static void silence() {
        ((LoggerContext) LoggerFactory.getILoggerFactory())
                .getLogger(Logger.ROOT_LOGGER_NAME)
                .setLevel(Level.OFF);
        ((LoggerContext) LoggerFactory.getILoggerFactory())
                .getLogger("dealbrain")
                .setLevel(Level.OFF);
    }

    static void use(boolean json, Config.LogLevel level) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        if (json) {
            install(context, json());
        }
        bridge();
        context.getLogger("dealbrain").setLevel(Level.valueOf(level.name()));
    }

    /** Sends the warnings and errors of libraries that log by {@code java.util.logging} to this log. */
    static void bridge() {
        LogManager.getLogManager().reset();
        SLF4JBridgeHandler handler = new SLF4JBridgeHandler();
        handler.setLevel(java.util.logging.Level.WARNING);
        LogManager.getLogManager().getLogger("").addHandler(handler);
    }

    private static JsonEncoder json() {
        JsonEncoder encoder = new JsonEncoder();
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithContext(false);
        return encoder;
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
        context.getLogger("dealbrain").setLevel(Level.INFO);
    }
}
