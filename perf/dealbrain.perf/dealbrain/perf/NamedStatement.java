package dealbrain.perf;

import java.lang.reflect.Field;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
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

    /** The statement that a method of a DAO is annotated with. */
    static NamedStatement ofMethod(String dao, String method) {
        return new NamedStatement(Arrays.stream(type(dao).getDeclaredMethods())
                .filter(each -> each.getName().equals(method) && each.isAnnotationPresent(SqlQuery.class))
                .map(each -> each.getAnnotation(SqlQuery.class).value())
                .findFirst().orElseThrow(() -> new IllegalStateException(dao + " has no statement " + method)));
    }

    /** The statement that is a constant of a DAO, whose package must be open to us. */
    static NamedStatement ofConstant(String dao, String name) {
        try {
            Field constant = type(dao).getDeclaredField(name);
            constant.setAccessible(true);
            return new NamedStatement((String) constant.get(null));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
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
