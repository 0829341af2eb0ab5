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

/** A statement of the program, taken from the annotation of its DAO, so that it cannot drift away from what is measured against it. */
final class NamedStatement {
    private static final Pattern PARAMETER = Pattern.compile("(?<!:):([a-z][A-Za-z]*)");

    private final String sql;
    private final List<String> names = new ArrayList<>();

    private NamedStatement(String text) {
        Matcher parameters = PARAMETER.matcher(text);
        while (parameters.find()) {
            names.add(parameters.group(1));
        }
        sql = parameters.replaceAll("?");
    }

    /** Of the methods of that name the longest statement: the one that joins. */
    static NamedStatement of(String dao, String method) {
        try {
            return new NamedStatement(Arrays.stream(Class.forName(dao).getDeclaredMethods())
                    .filter(each -> each.getName().equals(method) && each.isAnnotationPresent(SqlQuery.class))
                    .map(each -> each.getAnnotation(SqlQuery.class).value())
                    .max(Comparator.comparingInt(String::length))
                    .orElseThrow(() -> new IllegalStateException(dao + " has no statement " + method)));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Prepared once and bound; a name that has no value is bound as a text that is null. */
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
