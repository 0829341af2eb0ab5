package dealbrain.perf;

/**
 * The result of a check.
 *
 * @param text what holds if the check passed, otherwise what is wrong
 */
record CheckResult(boolean isPassed, String text) {
    String line() {
        return (isPassed ? "✅ " : "❌ ") + text;
    }
}
