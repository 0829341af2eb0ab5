package dealbrain.profiling;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Finds the dealbrain code that runs a statement. Walks the stack, which takes microseconds: not for each execution.
 */
final class CallSite {
    private static final StackWalker STACK = StackWalker.getInstance();
    private static final Pattern LAMBDA = Pattern.compile("^lambda\\$(\\w+)\\$\\d+$");

    private CallSite() {}

    /**
     * Returns the innermost dealbrain line below Jdbi that is outside of the statement's DAO, as in
     * {@code CollectionService.get(CollectionService.java:52)}.
     */
    static Optional<String> of(StatementStatistics statement) {
        String method = Objects.requireNonNullElse(statement.daoMethod(), "");
        String dao = method.substring(0, Math.max(0, method.indexOf('.')));
        return innermost(frame -> !dao.endsWith("Dao") || !simpleName(frame).equals(dao), CallSite::line);
    }

    /**
     * Returns the innermost dealbrain method below Jdbi, as in {@code CollectionDao.find}; for a lambda, the method
     * around it.
     */
    static Optional<String> method() {
        return innermost(
                _ -> true,
                frame -> simpleName(frame) + "."
                        + LAMBDA.matcher(frame.getMethodName()).replaceFirst("$1"));
    }

    private static Optional<String> innermost(
            Predicate<StackWalker.StackFrame> wanted, Function<StackWalker.StackFrame, String> form) {
        return STACK.walk(
                frames -> frames.dropWhile(frame -> !frame.getClassName().startsWith("org.jdbi."))
                        .filter(frame -> isDealbrain(frame) && wanted.test(frame))
                        .findFirst()
                        .map(form));
    }

    /** Leaves out the proxies of {@code dealbrain.database}, and generated code, which has no line numbers. */
    private static boolean isDealbrain(StackWalker.StackFrame frame) {
        String name = frame.getClassName();
        return name.startsWith("dealbrain.") && !name.startsWith("dealbrain.database.") && frame.getLineNumber() > 0;
    }

    private static String line(StackWalker.StackFrame frame) {
        return simpleName(frame) + "." + frame.getMethodName() + "(" + frame.getFileName() + ":" + frame.getLineNumber()
                + ")";
    }

    private static String simpleName(StackWalker.StackFrame frame) {
        return frame.getClassName().substring(frame.getClassName().lastIndexOf('.') + 1);
    }
}
