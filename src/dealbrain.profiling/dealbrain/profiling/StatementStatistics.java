package dealbrain.profiling;

import io.opentelemetry.api.common.Attributes;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** All that is known of one statement since the start. Compared by identity. Safe for use by many threads. */
final class StatementStatistics {
    private static final int MOST_ROUTES = 200;

    private final SqlText sql;
    private final @Nullable String daoMethod;
    private final Attributes attributes;
    private final Durations durations = new Durations();
    private final LongAdder count = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final LongAdder rows = new LongAdder();
    private final LongAdder slow = new LongAdder();
    private final LongAdder repeated = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final ConcurrentMap<String, LongAdder> routes = new ConcurrentHashMap<>();
    private volatile @Nullable String lastRoute;
    private volatile @Nullable String callSite;
    private volatile @Nullable Plan plan;

    StatementStatistics(SqlText sql, @Nullable String daoMethod) {
        this.sql = sql;
        this.daoMethod = daoMethod;
        this.attributes = StatementTelemetry.attributes(sql);
    }

    void executed(long elapsedNanos, long readRows, boolean success, @Nullable StatementScope scope) {
        durations.record(elapsedNanos);
        count.increment();
        nanos.add(elapsedNanos);
        rows.add(readRows);
        if (!success) {
            failed.increment();
        }
        if (scope != null) {
            ranIn(scope.name());
        }
    }

    private void ranIn(String route) {
        LongAdder known = routes.get(route);
        if (known == null && routes.size() < MOST_ROUTES) {
            known = routes.computeIfAbsent(route, _ -> new LongAdder());
        }
        if (known != null) {
            known.increment();
        }
        lastRoute = route;
    }

    void wasSlow() {
        slow.increment();
    }

    void wasRepeated() {
        repeated.increment();
    }

    void calledFrom(String line) {
        callSite = line;
    }

    void planned(Plan made) {
        plan = made;
    }

    SqlText sql() {
        return sql;
    }

    /** As in {@code CollectionDao.find}; null for a statement that no DAO runs. */
    @Nullable
    String daoMethod() {
        return daoMethod;
    }

    /** Those of its spans and metrics, made once. */
    Attributes attributes() {
        return attributes;
    }

    @Nullable
    String callSite() {
        return callSite;
    }

    @Nullable
    Plan plan() {
        return plan;
    }

    StatementReport report() {
        Percentiles spread = durations.percentiles();
        return new StatementReport(
                sql.fingerprint(),
                sql.text(),
                sql.summary(),
                daoMethod,
                callSite,
                count.sum(),
                nanos.sum() / 1e6,
                spread.mean(),
                spread.p50(),
                spread.p95(),
                spread.p99(),
                spread.max(),
                rows.sum(),
                slow.sum(),
                repeated.sum(),
                failed.sum(),
                lastRoute);
    }

    /** The report with what is too much for a list: its histogram, its routes with the most frequent first, its plan. */
    StatementDetails details() {
        Map<String, Long> counts = new TreeMap<>();
        routes.forEach((route, times) -> counts.put(route, times.sum()));
        List<StatementDetails.RouteCount> sorted = counts.entrySet().stream()
                .map(each -> new StatementDetails.RouteCount(each.getKey(), each.getValue()))
                .sorted(Comparator.comparingLong(StatementDetails.RouteCount::count)
                        .reversed())
                .toList();
        return new StatementDetails(report(), durations.bars(), sorted, plan);
    }
}
