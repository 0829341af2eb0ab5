package dealbrain.database;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.RowMapperFactory;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * Maps rows to records by name, for each record that has no mapper of its own. A component is read from the column of
 * its name in snake_case, and a nested record from the columns of its components. The name of an enum constant may be
 * in upper or lower case. The package of the record must be open to this module.
 *
 * <p>Jdbi's own mapper, {@code ConstructorMapper}, is not used because it needs the module {@code java.desktop}
 * (docs/decisions/0019-jdbi.md).
 */
final class RecordMapper implements RowMapper<Object> {
    private static final Pattern WORD_END = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    /** Reads a value from the current row. */
    private interface ValueReader {
        @Nullable
        Object read(ResultSet row) throws SQLException;
    }

    /** Reads a value of one type from a column of the current row. */
    private interface ColumnType {
        @Nullable
        Object read(ResultSet row, int column) throws SQLException;
    }

    /** A component of the record, which finds its columns in a result once for all rows. */
    private interface Component {
        ValueReader in(ResultSet result) throws SQLException;
    }

    /** Returns the mapper of each record. Jdbi requests one with every statement. */
    static final class Factory implements RowMapperFactory {
        private static final ClassValue<RecordMapper> MAPPERS = new ClassValue<>() {
            @Override
            protected RecordMapper computeValue(Class<?> type) {
                return new RecordMapper(type);
            }
        };

        @Override
        public Optional<RowMapper<?>> build(Type type, ConfigRegistry config) {
            return type instanceof Class<?> raw && raw.isRecord() ? Optional.of(MAPPERS.get(raw)) : Optional.empty();
        }
    }

    private final RecordConstructor constructor;
    private final List<Component> components;

    private RecordMapper(Class<?> type) {
        this.constructor = new RecordConstructor(type);
        this.components = Arrays.stream(type.getRecordComponents())
                .map(RecordMapper::component)
                .toList();
    }

    private static Component component(RecordComponent component) {
        Class<?> type = component.getType();
        if (type.isRecord()) {
            return new RecordMapper(type)::in;
        }
        String name = WORD_END.matcher(component.getName()).replaceAll("_").toLowerCase(Locale.ROOT);
        ColumnType values = columnType(type);
        return result -> {
            int column = result.findColumn(name);
            return row -> values.read(row, column);
        };
    }

    private static ColumnType columnType(Class<?> type) {
        if (type.isEnum()) {
            return (row, column) -> constant(type, row.getString(column));
        }
        return switch (type.getName()) {
            case "long" -> ResultSet::getLong;
            case "int" -> ResultSet::getInt;
            case "boolean" -> ResultSet::getBoolean;
            case "java.lang.Long" -> (row, column) -> nullable(row, row.getLong(column));
            case "java.lang.Integer" -> (row, column) -> nullable(row, row.getInt(column));
            case "java.lang.Boolean" -> (row, column) -> nullable(row, row.getBoolean(column));
            case "java.lang.String" -> ResultSet::getString;
            case "java.math.BigDecimal" -> ResultSet::getBigDecimal;
            case "java.time.Instant" -> (row, column) -> instant(row.getTimestamp(column));
            default -> throw new IllegalStateException("records cannot have components of type " + type.getName());
        };
    }

    private static @Nullable Object constant(Class<?> type, @Nullable String name) {
        if (name == null) {
            return null;
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> ((Enum<?>) each).name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow();
    }

    private static @Nullable Object nullable(ResultSet row, Object value) throws SQLException {
        return row.wasNull() ? null : value;
    }

    private static @Nullable Object instant(@Nullable Timestamp value) {
        return value == null ? null : value.toInstant();
    }

    @Override
    public Object map(ResultSet row, StatementContext context) throws SQLException {
        return specialize(row, context).map(row, context);
    }

    @Override
    public RowMapper<Object> specialize(ResultSet result, StatementContext context) throws SQLException {
        ValueReader reader = in(result);
        return (row, _) -> reader.read(row);
    }

    private ValueReader in(ResultSet result) throws SQLException {
        ValueReader[] readers = new ValueReader[components.size()];
        for (int i = 0; i < readers.length; i++) {
            readers[i] = components.get(i).in(result);
        }
        return row -> create(row, readers);
    }

    private Object create(ResultSet row, ValueReader[] readers) throws SQLException {
        @Nullable Object[] values = new Object[readers.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = readers[i].read(row);
        }
        return constructor.create(values);
    }
}
