package dealbrain.testing;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Runs a test with {@link Statements} once for each {@link Rows}, and compares their numbers of statements. */
final class StatementsExtension implements TestTemplateInvocationContextProvider {
    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true; // of the methods that have the annotation
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        int max =
                context.getRequiredTestMethod().getAnnotation(Statements.class).max();
        Map<String, Integer> found = new TreeMap<>(); // shared by the invocations, which follow each other
        return Stream.of(
                        new Rows(1, false),
                        new Rows(10, false),
                        new Rows(100, false),
                        new Rows(10, true),
                        new Rows(100, true))
                .map(rows -> new Invocation(rows, max, found));
    }

    /** One run of the test. */
    private record Invocation(Rows rows, int max, Map<String, Integer> found)
            implements TestTemplateInvocationContext, ParameterResolver, AfterTestExecutionCallback {
        @Override
        public String getDisplayName(int number) {
            return rows.toString();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(this);
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Rows.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return rows;
        }

        @Override
        public void afterTestExecution(ExtensionContext context) {
            if (context.getExecutionException().isPresent()) {
                return;
            }
            found.put(
                    rows.toString(),
                    rows.statements()
                            .orElseThrow(() -> new AssertionError("the test did not call count of its parameter")));
            check(max, found);
        }
    }

    /** @param found the number of statements by the rows */
    static void check(int max, Map<String, Integer> found) {
        if (found.values().stream().distinct().count() > 1) {
            throw new AssertionError("the number of statements depends on the rows: " + found);
        }
        if (found.values().stream().anyMatch(number -> number > max)) {
            throw new AssertionError("more than " + max + " statements: " + found);
        }
    }
}
