package dealbrain.operations;

import dealbrain.profiling.Plan;
import dealbrain.profiling.Profiling;
import dealbrain.profiling.StatementDetails;
import dealbrain.profiling.StatementReport;
import dealbrain.profiling.WorkReport;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The statistics of routes and statements by version, which show what grew since the last one. Of each route and
 * statement, the database has those of the server that has executed it most often since its start, so that neither
 * restarts nor several servers change much. Thread-safe.
 */
final class Versions {
    static final int MAX_ROUTES = 200;
    static final int MAX_STATEMENTS = 500;

    private final Profiling profiling;
    private final VersionDao dao;
    private final String version;

    Versions(Profiling profiling, Jdbi jdbi, String version) {
        this.profiling = profiling;
        this.dao = jdbi.onDemand(VersionDao.class);
        this.version = version;
    }

    /** Stores the most frequent routes and the statements that took longest. One statement. */
    void store() {
        List<VersionDao.Row> rows = new ArrayList<>();
        profiling.requests().stream().limit(MAX_ROUTES).forEach(route -> rows.add(row(route)));
        Set<String> names = new HashSet<>();
        profiling.statements().statements().stream()
                .filter(statement -> statement.count() > 0 && names.add(name(statement)))
                .limit(MAX_STATEMENTS)
                .forEach(statement -> rows.add(row(statement)));
        dao.store(version, rows);
    }

    private static VersionDao.Row row(WorkReport route) {
        return new VersionDao.Row(
                VersionSubject.ROUTE,
                route.route(),
                new VersionStatistics(
                        route.count(),
                        route.p95Ms(),
                        route.statementsMedian(),
                        route.statementsMax(),
                        null,
                        null,
                        null));
    }

    private VersionDao.Row row(StatementReport statement) {
        return new VersionDao.Row(
                VersionSubject.STATEMENT,
                name(statement),
                new VersionStatistics(
                        statement.count(),
                        statement.p95Ms(),
                        null,
                        null,
                        statement.rows() / (double) statement.count(),
                        statement.fingerprint(),
                        planHash(statement)));
    }

    /** Returns what identifies a statement also when its text changes: the DAO method, of its longest statement. */
    private static String name(StatementReport statement) {
        String method = statement.daoMethod();
        return method == null ? statement.summary() + " " + statement.fingerprint() : method;
    }

    private @Nullable String planHash(StatementReport statement) {
        StatementDetails details =
                profiling.statements().statement(statement.fingerprint()).orElse(null);
        Plan plan = details == null ? null : details.plan();
        return plan == null ? null : hash(plan.text());
    }

    /** Returns 16 digits that depend on the nodes of a plan, not on its costs and its estimated rows. */
    static String hash(String plan) {
        try {
            String nodes = plan.replaceAll("\\s*\\(cost=[^)]*\\)", "");
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(nodes.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Returns this version and the one before, as they were stored up to a minute ago. One statement. */
    VersionReport report() {
        return dao.compare(version);
    }
}
