package dealbrain.perf;

import java.lang.reflect.Field;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A statement of a DAO, read from its constant, so that the measured statement is the one in use. */
final class DaoStatement {
    private static final Pattern PARAMETER = Pattern.compile("(?<!:):([a-z][A-Za-z]*)");

    private final String sql;
    private final List<String> names = new ArrayList<>();

    private DaoStatement(String text) {
        Matcher parameters = PARAMETER.matcher(text);
        while (parameters.find()) {
            names.add(parameters.group(1));
        }
        sql = parameters.replaceAll("?");
    }

    /** Returns the statement that is a constant of a DAO. */
    static DaoStatement of(String dao, String constant) {
        try {
            Field field = Class.forName(dao).getDeclaredField(constant);
            field.setAccessible(true);
            return new DaoStatement((String) field.get(null));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(dao + " has no statement " + constant, e);
        }
    }

    /** Prepares the statement and binds {@code values} by name. A parameter without a value is bound as a null text. */
    PreparedStatement prepare(Connection connection, Map<String, Object> values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < names.size(); i++) {
            Object value = values.get(names.get(i));
            if (value == null) {
                statement.setString(i + 1, null);
            } else {
                statement.setObject(i + 1, value);
            }
        }
        return statement;
    }
}
