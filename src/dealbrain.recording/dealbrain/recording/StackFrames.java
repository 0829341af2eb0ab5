package dealbrain.recording;

import dealbrain.recording.Frame.Origin;
import dealbrain.recording.FrameBuilder.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import org.jspecify.annotations.Nullable;

/** Turns stack traces into the methods that a flame graph shows. Not thread-safe. */
final class StackFrames {
    /** The outermost method that is shown is called by this one. */
    private static final String START = "sun.net.httpserver.ServerImpl$Exchange.run";

    private static final List<String> JDK = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.");
    /** Methods that only call others, by the start of their names. They would be half of the rows. */
    private static final List<String> LEFT_OUT = List.of(
            "com.sun.net.httpserver.Filter",
            "dealbrain.http.Filter.",
            "dealbrain.http.ProblemFilter.filter",
            "dealbrain.profiling.StatementProfiler.run",
            "dealbrain.waterfall.Waterfall.call",
            "java.lang.ScopedValue",
            "java.lang.invoke.",
            "java.lang.reflect.Method",
            "jdk.internal.reflect.",
            "jdk.internal.vm.ScopedValueContainer",
            "sun.net.httpserver.AuthFilter",
            "sun.net.httpserver.ServerImpl$Exchange$LinkHandler");

    /** Part of the names of the classes that the Java virtual machine makes of lambdas; their code has other names. */
    private static final String LAMBDA = "$$Lambda";

    private static final Method TRUNCATED = new Method("(callers unknown)", Origin.JDK);

    private final Map<String, Method> methods = new HashMap<>();

    /** Returns the methods of a stack trace, the outermost first. */
    List<Method> of(@Nullable RecordedStackTrace trace) {
        if (trace == null) {
            return List.of();
        }
        List<Method> stack = new ArrayList<>();
        for (RecordedFrame frame : trace.getFrames()) { // the innermost first
            String name = name(frame.getMethod());
            if (name.equals(START)) {
                return stack.reversed();
            }
            if (!name.contains(LAMBDA) && LEFT_OUT.stream().noneMatch(name::startsWith)) {
                stack.add(methods.computeIfAbsent(name, StackFrames::method));
            }
        }
        if (trace.isTruncated()) {
            stack.add(TRUNCATED);
        }
        return stack.reversed();
    }

    private static String name(RecordedMethod method) {
        return method.getType().getName() + "." + method.getName();
    }

    /** @param name with the package */
    private static Method method(String name) {
        int end = name.lastIndexOf('.'); // before the method
        String type = name.substring(name.lastIndexOf('.', end - 1) + 1, end);
        Origin origin = Origin.LIBRARY;
        if (name.startsWith("dealbrain.")) {
            origin = Origin.APPLICATION;
        } else if (JDK.stream().anyMatch(name::startsWith)) {
            origin = Origin.JDK;
        }
        // lambdas have a number in their names
        return new Method(type + "." + name.substring(end + 1).replaceAll("^lambda\\$(\\w+)\\$\\d+$", "$1"), origin);
    }
}
