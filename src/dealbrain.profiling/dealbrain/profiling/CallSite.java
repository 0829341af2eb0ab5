package dealbrain.profiling;

import java.util.Objects;
import java.util.Optional;

/** Where in our code a statement was called. Some microseconds, so asked for rarely. */
final class CallSite {
    private static final StackWalker STACK = StackWalker.getInstance();

    private CallSite() {
    }

    /** The innermost line of ours below Jdbi and outside of the statement's DAO, as in {@code CollectionService.get(CollectionService.java:52)}. */
    static Optional<String> of(StatementStatistics statement) {
        String method = Objects.requireNonNullElse(statement.daoMethod(), "");
        String dao = "." + method.substring(0, Math.max(0, method.indexOf('.')));
        return STACK.walk(frames -> frames.dropWhile(frame -> !frame.getClassName().startsWith("org.jdbi."))
                .filter(frame -> isOurs(frame) && (method.isEmpty() || !frame.getClassName().endsWith(dao))).findFirst().map(CallSite::line));
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
