package dealbrain.perf;

import java.io.Console;
import java.util.Locale;

/**
 * Shows the current step with the elapsed seconds: on a terminal in one line that is overwritten, in a file in lines.
 */
final class Progress implements AutoCloseable {
    private static final String CLEAR_LINE = "\r\033[K";

    private final boolean terminal = isTerminal();
    private final long start = System.nanoTime();

    @SuppressWarnings("SystemConsoleNull") // null if the runtime has no console
    private static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    void show(String step) {
        long seconds = (System.nanoTime() - start) / 1_000_000_000;
        String line = String.format(Locale.ROOT, "%3d s  %s ...", seconds, step);
        System.err.print(terminal ? CLEAR_LINE + line : line + "\n");
    }

    @Override
    public void close() {
        System.err.print(terminal ? CLEAR_LINE : "");
    }
}
