package dealbrain.perf;

/** One line on the terminal that says what is being done; in a file, one line for each. */
final class Progress implements AutoCloseable {
    private final boolean terminal = System.console() != null && System.console().isTerminal();
    private final long start = System.nanoTime();

    void say(String what) {
        long seconds = (System.nanoTime() - start) / 1_000_000_000;
        System.err.print((terminal ? "\r\033[K" : "") + String.format("%3d s  %s ...", seconds, what) + (terminal ? "" : "\n"));
    }

    @Override
    public void close() {
        System.err.print(terminal ? "\r\033[K" : "");
    }
}
