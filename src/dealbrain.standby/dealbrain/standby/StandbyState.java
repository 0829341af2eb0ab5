package dealbrain.standby;

import dealbrain.database.Database;
import dealbrain.database.DatabaseUnavailableException;
import dealbrain.database.DatabaseUrl;

/**
 * The state of a server, for the check of an installation.
 *
 * @param inRecovery     whether the server is a standby
 * @param cluster        identifies the cluster: a standby has that of its primary
 * @param maxConnections how many connections the server allows
 */
public record StandbyState(boolean inRecovery, String cluster, int maxConnections) {
    private static final String QUERY = """
            SELECT pg_is_in_recovery(), (SELECT system_identifier::text FROM pg_control_system()),
                   current_setting('max_connections')::integer
                   - current_setting('superuser_reserved_connections')::integer""";

    /**
     * Reads the state of a standby or of a primary on a connection of its own. One statement.
     *
     * @throws DatabaseUnavailableException the server cannot be reached or rejects the connection
     */
    public static StandbyState of(DatabaseUrl url) {
        try (Database database = Database.open(url, 1)) {
            return database.jdbi()
                    .withHandle(handle -> handle.createQuery(QUERY)
                            .map((row, _) -> new StandbyState(row.getBoolean(1), row.getString(2), row.getInt(3)))
                            .one());
        }
    }

    /** Returns whether both are servers of the same cluster. */
    public boolean hasClusterOf(StandbyState other) {
        return cluster.equals(other.cluster);
    }
}
