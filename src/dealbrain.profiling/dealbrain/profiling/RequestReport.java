package dealbrain.profiling;

import dealbrain.waterfall.Statement;
import dealbrain.waterfall.Step;
import dealbrain.waterfall.StepKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one request spent its time on. Times are in milliseconds since the start of the request. It contains no values
 * of parameters.
 *
 * @param route        method and path template
 * @param endedAt      when the response was sent
 * @param status       0 if the response was not sent completely
 * @param kept         why it is kept: {@code failed}, {@code slow} or {@code sample}
 * @param statements   the number of its statements
 * @param otherMs      the time that belongs to no step: the code of the application, the commits of transactions, and
 *                     steps of less than 50 µs
 * @param totals       for each kind, the longest first
 * @param steps        in the order of their starts. A lock is a part of the statement before it
 * @param omittedSteps the number of further steps, which are not kept
 */
public record RequestReport(
        String requestId,
        String route,
        Instant endedAt,
        double durationMs,
        int status,
        String kept,
        int statements,
        double otherMs,
        List<KindTotal> totals,
        List<StepReport> steps,
        int omittedSteps) {
    /** The steps of one kind. */
    public record KindTotal(StepKind kind, int count, double durationMs) {}

    /**
     * One step.
     *
     * @param durationMs from its start to its end
     * @param activeMs   without the pauses between steps that are shown as one
     * @param count      the number of steps that follow each other and are shown as one
     * @param rows       read or changed by a statement
     * @param sqlState   the error of a statement
     */
    public record StepReport(
            StepKind kind,
            double startMs,
            double durationMs,
            double activeMs,
            int count,
            @Nullable Long rows,
            @Nullable String daoMethod,
            @Nullable String fingerprint,
            @Nullable String summary,
            @Nullable String statement,
            @Nullable String sqlState) {
        static StepReport of(Step step) {
            Statement statement = step.statement();
            return new StepReport(
                    step.kind(),
                    step.startNanos() / 1e6,
                    step.nanos() / 1e6,
                    step.activeNanos() / 1e6,
                    step.count(),
                    step.kind() == StepKind.STATEMENT ? step.rows() : null,
                    statement == null ? null : statement.daoMethod(),
                    statement == null ? null : statement.fingerprint(),
                    statement == null ? null : statement.summary(),
                    statement == null ? null : statement.text(),
                    step.sqlState());
        }
    }

    public RequestReport {
        totals = List.copyOf(totals);
        steps = List.copyOf(steps);
    }

    static RequestReport of(KeptRequest request) {
        return new RequestReport(
                request.requestId(),
                request.route(),
                request.at(),
                request.millis(),
                request.status(),
                request.reason().label(),
                request.statements(),
                otherNanos(request) / 1e6,
                totals(request.steps()),
                request.steps().stream().map(StepReport::of).toList(),
                request.omitted());
    }

    /** Returns the time that no step covers. The steps are in the order of their starts. */
    private static long otherNanos(KeptRequest request) {
        long covered = 0;
        long end = 0;
        for (Step step : request.steps()) {
            long from = Math.max(step.startNanos(), end);
            long to = step.startNanos() + step.nanos();
            covered += Math.clamp(to - from, 0, step.activeNanos());
            end = Math.max(end, to);
        }
        return Math.max(0, request.nanos() - covered);
    }

    private static List<KindTotal> totals(List<Step> steps) {
        Map<StepKind, KindTotal> totals = new EnumMap<>(StepKind.class);
        for (Step step : steps) {
            totals.merge(
                    step.kind(),
                    new KindTotal(step.kind(), step.count(), step.activeNanos() / 1e6),
                    (a, b) -> new KindTotal(a.kind(), a.count() + b.count(), a.durationMs() + b.durationMs()));
        }
        List<KindTotal> sorted = new ArrayList<>(totals.values());
        sorted.sort((a, b) -> Double.compare(b.durationMs(), a.durationMs()));
        return sorted;
    }
}
