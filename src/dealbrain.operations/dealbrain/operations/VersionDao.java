package dealbrain.operations;

import dealbrain.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.sqlobject.SqlObject;
import org.jspecify.annotations.Nullable;

/** The statements of the statistics by version. */
interface VersionDao extends SqlObject {
    /** The number of versions that are kept. */
    int VERSIONS = 3;

    /** A row to store. */
    record Row(VersionSubject kind, String name, VersionStatistics statistics) {}

    /**
     * Writes rows in the order of their keys, so that servers do not deadlock. The rows of a server that has executed
     * more are left as they are. A statement does not see what it writes itself, so that an old version is deleted by
     * the second one of a new version.
     */
    String STORE = """
            WITH old AS (
                SELECT version FROM version_statistics WHERE version <> :version
                GROUP BY version ORDER BY min(first_at) DESC OFFSET :others),
            deleted AS (
                DELETE FROM version_statistics WHERE (version, kind, name) IN (
                    SELECT version, kind, name FROM version_statistics WHERE version IN (SELECT version FROM old)
                    FOR UPDATE SKIP LOCKED))
            INSERT INTO version_statistics AS stored (version, kind, name, statistics)
            SELECT :version, new.kind, new.name, new.statistics
              FROM jsonb_to_recordset(:rows::jsonb) AS new (kind text, name text, statistics jsonb)
             ORDER BY new.kind, new.name
                ON CONFLICT (version, kind, name) DO UPDATE
               SET statistics = stored.statistics || jsonb_strip_nulls(excluded.statistics)
             WHERE (excluded.statistics ->> 'executions')::bigint > (stored.statistics ->> 'executions')::bigint""";

    String COMPARE = """
            WITH used AS (SELECT version, min(first_at) AS at FROM version_statistics GROUP BY version),
            previous AS (
                SELECT version FROM used WHERE at < (SELECT at FROM used WHERE version = :version)
                ORDER BY at DESC LIMIT 1)
            SELECT previous.version, now.kind, now.name, now.statistics, before.statistics
              FROM version_statistics now
              LEFT JOIN previous ON true
              LEFT JOIN version_statistics before
                ON before.version = previous.version AND before.kind = now.kind AND before.name = now.name
             WHERE now.version = :version
             ORDER BY now.kind, now.name""";

    /** Stores the rows of a version, and deletes those of all but the newest {@value #VERSIONS} versions. */
    default void store(String version, List<Row> rows) {
        getHandle()
                .createUpdate(STORE)
                .bind("version", version)
                .bind("others", VERSIONS - 1)
                .bind("rows", Json.text(rows))
                .execute();
    }

    /** Returns a version and the one before it, as they were stored. */
    default VersionReport compare(String version) {
        List<String> previous = new ArrayList<>();
        List<VersionChange> changes = getHandle()
                .createQuery(COMPARE)
                .bind("version", version)
                .map((row, _) -> {
                    previous.add(row.getString(1));
                    return change(row);
                })
                .list();
        return new VersionReport(version, previous.isEmpty() ? null : previous.getFirst(), changes);
    }

    private static VersionChange change(ResultSet row) throws SQLException {
        return new VersionChange(
                VersionSubject.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
                row.getString(3),
                Json.read(row.getString(4), VersionStatistics.class),
                read(row.getString(5)));
    }

    private static @Nullable VersionStatistics read(@Nullable String json) {
        return json == null ? null : Json.read(json, VersionStatistics.class);
    }
}
