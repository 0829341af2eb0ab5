package dealbrain.perf;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** A statement of the application, read from the annotation of its DAO method, so that both are always the same. */
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

    /** Returns the statement of a DAO method; of overloaded methods the longest statement, which has the joins. */
    static DaoStatement of(String dao, String method) {
        try {
            return new DaoStatement(Arrays.stream(Class.forName(dao).getDeclaredMethods())
                    .filter(candidate ->
                            candidate.getName().equals(method) && candidate.isAnnotationPresent(SqlQuery.class))
                    .map(candidate -> candidate.getAnnotation(SqlQuery.class).value())
                    .max(Comparator.comparingInt(String::length))
                    .orElseThrow(() -> new IllegalStateException(dao + " has no query method " + method)));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
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
