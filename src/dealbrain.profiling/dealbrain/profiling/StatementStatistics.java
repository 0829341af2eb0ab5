package dealbrain.profiling;

import dealbrain.waterfall.Statement;
import io.opentelemetry.api.common.Attributes;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The statistics of one statement since the start. Compared by identity. Thread-safe. */
final class StatementStatistics {
    private static final int MAX_ROUTES = 200;

    private final SqlText sql;
    private final @Nullable DaoMethod method;
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
    private volatile @Nullable JdbcText jdbcText;
    private final Statement statement;

    /**
     * The text for the driver, with its comment. A constant like the text of the statement, so that it stays prepared.
     */
    private record JdbcText(String sql, String commented) {}

    StatementStatistics(SqlText sql, @Nullable DaoMethod method) {
        this.sql = sql;
        this.method = method;
        this.attributes = StatementTelemetry.attributes(sql);
        this.statement = new Statement(sql.fingerprint(), sql.summary(), sql.text(), daoMethod());
    }

    void record(long elapsedNanos, long rowCount, boolean success, @Nullable StatementScope scope) {
        durations.record(elapsedNanos);
        count.increment();
        nanos.add(elapsedNanos);
        rows.add(rowCount);
        if (!success) {
            failed.increment();
        }
        if (scope != null) {
            countRoute(scope.name());
        }
    }

    private void countRoute(String route) {
        LongAdder known = routes.get(route);
        if (known == null && routes.size() < MAX_ROUTES) {
            known = routes.computeIfAbsent(route, _ -> new LongAdder());
        }
        if (known != null) {
            known.increment();
        }
        lastRoute = route;
    }

    void countSlow() {
        slow.increment();
    }

    void countRepeated() {
        repeated.increment();
    }

    void callSite(String line) {
        callSite = line;
    }

    void plan(Plan explained) {
        plan = explained;
    }

    SqlText sql() {
        return sql;
    }

    /** Returns what a waterfall shows of it. */
    Statement statement() {
        return statement;
    }

    /** Returns the text for the driver with the comment that names the DAO method. */
    String commented(String jdbcSql) {
        if (method == null) {
            return jdbcSql;
        }
        JdbcText known = jdbcText;
        if (known == null || !known.sql().equals(jdbcSql)) {
            known = new JdbcText(jdbcSql, StatementComment.add(jdbcSql, method.name()));
            jdbcText = known;
        }
        return known.commented();
    }

    /** Returns the method that runs it, as in {@code CollectionDao.find}; null if unknown. */
    @Nullable
    String daoMethod() {
        return method == null ? null : method.name();
    }

    /** Returns whether one request or job may run it many times without being reported. */
    boolean mayRepeatIn(StatementScope scope) {
        return sql.equals(SqlText.OTHERS) // these are different statements
                || (method != null && method.mayRepeatIn(scope));
    }

    /** Returns the attributes of its spans and metrics. */
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
        Percentiles percentiles = durations.percentiles();
        return new StatementReport(
                sql.fingerprint(),
                sql.text(),
                sql.summary(),
                daoMethod(),
                callSite,
                count.sum(),
                nanos.sum() / 1e6,
                percentiles.mean(),
                percentiles.p50(),
                percentiles.p95(),
                percentiles.p99(),
                percentiles.max(),
                rows.sum(),
                slow.sum(),
                repeated.sum(),
                failed.sum(),
                lastRoute);
    }

    StatementDetails details() {
        List<StatementDetails.RouteCount> counts = routes.entrySet().stream()
                .map(each -> new StatementDetails.RouteCount(
                        each.getKey(), each.getValue().sum()))
                .sorted(Comparator.comparingLong(StatementDetails.RouteCount::count)
                        .reversed()
                        .thenComparing(StatementDetails.RouteCount::route))
                .toList();
        return new StatementDetails(report(), durations.buckets(), counts, plan);
    }
}
