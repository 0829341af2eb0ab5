package dealbrain.operations;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The table of the dashboard with what grew since the last version. */
final class VersionTable {
    /** With fewer executions of both versions, durations are not compared. */
    static final int MIN_EXECUTIONS = 50;

    private static final double GREW = 1.25;
    /** Smaller differences of durations are noise. */
    private static final double MIN_MILLIS = 1;

    private static final int MAX_ROWS = 20;

    private VersionTable() {}

    /** Returns the routes and statements that grew, those whose duration grew most first. */
    static List<Map<String, String>> rows(VersionReport report) {
        return report.changes().stream()
                .filter(change -> !growth(change).isEmpty())
                .sorted(Comparator.comparingDouble(VersionTable::ratio)
                        .reversed()
                        .thenComparing(VersionChange::name))
                .limit(MAX_ROWS)
                .map(change -> Map.of("name", change.name(), "growth", String.join(", ", growth(change))))
                .toList();
    }

    private static double ratio(VersionChange change) {
        VersionStatistics before = change.before();
        return before == null || before.p95Ms() <= 0 ? 0 : change.now().p95Ms() / before.p95Ms();
    }

    /** Returns what grew, in words; empty if nothing did, or if the last version did not execute it. */
    static List<String> growth(VersionChange change) {
        VersionStatistics now = change.now();
        VersionStatistics before = change.before();
        List<String> growth = new ArrayList<>();
        if (before == null) {
            return growth;
        }
        addStatements(growth, "statements", before.statementsMedian(), now.statementsMedian());
        addStatements(growth, "most statements", before.statementsMax(), now.statementsMax());
        boolean isMeasured = Math.min(now.executions(), before.executions()) >= MIN_EXECUTIONS;
        if (isMeasured && now.p95Ms() > GREW * before.p95Ms() && now.p95Ms() - before.p95Ms() > MIN_MILLIS) {
            growth.add("p95 " + Formats.millis(before.p95Ms()) + " → " + Formats.millis(now.p95Ms()));
        }
        if (now.planHash() != null && before.planHash() != null && !Objects.equals(now.planHash(), before.planHash())) {
            growth.add("another plan");
        }
        return growth;
    }

    private static void addStatements(List<String> growth, String name, @Nullable Long before, @Nullable Long now) {
        if (before != null && now != null && now > before) {
            growth.add(name + " " + before + " → " + now);
        }
    }
}
