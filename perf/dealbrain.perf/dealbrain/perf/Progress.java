package dealbrain.perf;

import java.io.Console;

/** One line on the terminal that says what is being done; in a file, one line for each. */
final class Progress implements AutoCloseable {
    private final boolean terminal = isTerminal();
    private final long start = System.nanoTime();

    @SuppressWarnings("SystemConsoleNull") // some runtimes have none
    private static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    void say(String what) {
        long seconds = (System.nanoTime() - start) / 1_000_000_000;
        System.err.print(
                (terminal ? "\r\033[K" : "") + String.format("%3d s  %s ...", seconds, what) + (terminal ? "" : "\n"));
    }

    @Override
    public void close() {
        System.err.print(terminal ? "\r\033[K" : "");
    }
}
