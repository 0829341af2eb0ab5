package dealbrain.perf;

/**
 * One of the four lines.
 *
 * @param text what the line says when the check passed
 * @param fault what was wrong; empty when it passed
 */
record Check(String text, String fault) {
    boolean isPassed() {
        return fault.isEmpty();
    }

    String line() {
        return isPassed() ? "✅ " + text : "❌ " + text.replaceFirst(":.*| \\(.*", "") + ": " + fault;
    }
}
