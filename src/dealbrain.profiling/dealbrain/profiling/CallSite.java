package dealbrain.profiling;

import java.util.Optional;

/** Where in our code a statement was called. Some microseconds, so asked for rarely. */
final class CallSite {
    private static final StackWalker STACK = StackWalker.getInstance();

    private CallSite() {
    }

    /** The innermost line of ours below Jdbi, as in {@code CollectionService.get(CollectionService.java:52)}. */
    static Optional<String> here() {
        return STACK.walk(frames -> frames.dropWhile(frame -> !frame.getClassName().startsWith("org.jdbi."))
                .filter(CallSite::isOurs).findFirst().map(CallSite::line));
    }

    private static boolean isOurs(StackWalker.StackFrame frame) {
        String name = frame.getClassName();
        return name.startsWith("dealbrain.") && !name.startsWith("dealbrain.database.") && frame.getLineNumber() > 0;
    }

    private static String line(StackWalker.StackFrame frame) {
        String name = frame.getClassName();
        return name.substring(name.lastIndexOf('.') + 1) + "." + frame.getMethodName() + "(" + frame.getFileName() + ":" + frame.getLineNumber() + ")";
    }
}
