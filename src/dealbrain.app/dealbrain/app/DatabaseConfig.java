package dealbrain.app;

import dealbrain.database.DatabaseUrl;
import java.util.Optional;

/**
 * The database.
 *
 * @param url      empty for the embedded PostgreSQL
 * @param poolSize the number of connections
 */
record DatabaseConfig(Optional<DatabaseUrl> url, int poolSize) {
    static DatabaseConfig from(Settings settings) {
        return new DatabaseConfig(
                settings.value("DATABASE_URL", DatabaseUrl::parse), settings.number("DEALBRAIN_POOL_SIZE", 10, 1, 200));
    }
}
