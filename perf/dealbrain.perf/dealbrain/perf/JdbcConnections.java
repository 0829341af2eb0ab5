package dealbrain.perf;

import dealbrain.database.DatabaseUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Opens plain JDBC connections with the same settings as those of the application. */
final class JdbcConnections {
    private JdbcConnections() {}

    static Connection open(DatabaseUrl url) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", url.user());
        properties.setProperty("password", url.password());
        properties.setProperty("prepareThreshold", "1");
        properties.setProperty("options", "-c plan_cache_mode=force_generic_plan -c jit=off");
        return DriverManager.getConnection(url.jdbcUrl(), properties);
    }
}
