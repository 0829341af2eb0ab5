package dealbrain.profiling;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work whose statements belong together: a request, or one run of a background job. Belongs to one thread, on which
 * the scoped value of {@link StatementProfiler} carries it.
 */
public final class StatementScope {
    /** What the work is. */
    public enum Kind {
        REQUEST,
        JOB
    }

    /** How often the work ran one statement, and from where. */
    static final class Executions {
        private int count;
        private @Nullable String callSite;

        int count() {
            return count;
        }

        Optional<String> callSite() {
            return Optional.ofNullable(callSite);
        }
    }

    private final Kind kind;
    private final String name;
    private final @Nullable String requestId;
    private final Map<StatementStatistics, Executions> executions = new HashMap<>();
    private int count;
    private long nanos;

    private StatementScope(Kind kind, String name, @Nullable String requestId) {
        this.kind = kind;
        this.name = name;
        this.requestId = requestId;
    }

    /**
     * A request.
     *
     * @param route its method and the template of its path, as in {@code GET /api/v1/collections/{id}}: of those there are few
     */
    public static StatementScope request(String route, String requestId) {
        return new StatementScope(Kind.REQUEST, route, requestId);
    }

    public static StatementScope job(String name) {
        return new StatementScope(Kind.JOB, name, null);
    }

    /** Counts one execution and returns which of this statement it is. In full the line is kept that ran it a second time. */
    int add(StatementStatistics statement, long elapsedNanos, boolean full) {
        count++;
        nanos += elapsedNanos;
        Executions of = executions.computeIfAbsent(statement, _ -> new Executions());
        of.count++;
        if (full && of.count == 2) {
            of.callSite = CallSite.of(statement).orElse(null);
        }
        return of.count;
    }

    public Kind kind() {
        return kind;
    }

    public String name() {
        return name;
    }

    Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }

    /** How many statements it has run so far; a batch is one. */
    public int count() {
        return count;
    }

    /** How long they took together. */
    public double millis() {
        return nanos / 1_000_000.0;
    }

    /** The statements that were run at least so many times, as a person knows them, with how often. */
    public Map<String, Integer> repeated(int times) {
        Map<String, Integer> found = new HashMap<>();
        executions.forEach((statement, of) -> {
            if (of.count >= times) {
                found.put(statement.sql().text(), of.count);
            }
        });
        return found;
    }

    Map<StatementStatistics, Executions> executions() {
        return executions;
    }
}
