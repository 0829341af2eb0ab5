package dealbrain.profiling;

import dealbrain.waterfall.Waterfall;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts the statements of one request or of one run of a background job.
 *
 * <p>{@link StatementProfiler#run} binds a scope to the thread that does the work, by a scoped value. All of the work's
 * statements are run by that thread, so that the scope needs no locks. The key of a statement is its
 * {@link StatementStatistics}, of which there is one for each text.
 */
public final class StatementScope {
    /** The kind of work. */
    public enum Kind {
        REQUEST,
        JOB
    }

    /** The executions of one statement in this scope. */
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
    private final Waterfall waterfall;
    private final Map<StatementStatistics, Executions> executions = new HashMap<>();
    private int count;
    private long nanos;

    private StatementScope(Kind kind, String name, @Nullable String requestId) {
        this.kind = kind;
        this.name = name;
        this.requestId = requestId;
        this.waterfall = kind == Kind.REQUEST ? Waterfall.start() : Waterfall.NONE;
    }

    /**
     * Creates the scope of a request.
     *
     * @param route the method and the path template, as in {@code GET /api/v1/collections/{id}}; not the path itself,
     *              because there are statistics for each route
     */
    public static StatementScope request(String route, String requestId) {
        return new StatementScope(Kind.REQUEST, route, requestId);
    }

    /** Creates the scope of one run of a background job. */
    public static StatementScope job(String name) {
        return new StatementScope(Kind.JOB, name, null);
    }

    /**
     * Counts one execution and returns how many there are of this statement, this one included.
     *
     * @param full whether to record a call site
     */
    int record(StatementStatistics statement, long elapsedNanos, boolean full) {
        count++;
        nanos += elapsedNanos;
        Executions recorded = executions.computeIfAbsent(statement, _ -> new Executions());
        recorded.count++;
        // The second execution is the first sign of a loop. Most statements run once, so the stack is rarely walked.
        if (full && recorded.count == 2) {
            recorded.callSite = CallSite.of(statement).orElse(null);
        }
        return recorded.count;
    }

    public Kind kind() {
        return kind;
    }

    /** Returns the route or the name of the job. */
    public String name() {
        return name;
    }

    Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }

    /** Returns the steps of the request; {@link Waterfall#NONE} for a job. */
    Waterfall waterfall() {
        return waterfall;
    }

    /** Returns the number of statements so far; a batch is one. */
    public int count() {
        return count;
    }

    /** Returns the total duration of the statements so far. */
    public double millis() {
        return nanos / 1_000_000.0;
    }

    /** Returns the texts of the statements that were executed at least {@code min} times, each with its count. */
    public Map<String, Integer> executedAtLeast(int min) {
        Map<String, Integer> found = new HashMap<>();
        executions.forEach((statement, recorded) -> {
            if (recorded.count >= min) {
                found.put(statement.sql().text(), recorded.count);
            }
        });
        return found;
    }

    Map<StatementStatistics, Executions> executions() {
        return executions;
    }
}
