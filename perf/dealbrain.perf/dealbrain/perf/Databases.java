package dealbrain.perf;

import dealbrain.database.DatabaseUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Plain connections, with the same settings as those of the program. */
final class Databases {
    private Databases() {}

    static Connection connect(DatabaseUrl url) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", url.user());
        properties.setProperty("password", url.password());
        properties.setProperty("prepareThreshold", "1");
        properties.setProperty("options", "-c plan_cache_mode=force_generic_plan -c jit=off");
        return DriverManager.getConnection(url.jdbcUrl(), properties);
    }
}
