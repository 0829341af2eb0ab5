package dealbrain.database;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.RowMapperFactory;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of rows, for every record that has no mapper of its own: the columns stand in the order of its components,
 * those of a record within it in its place. Enums are read by their names in either case. The record's package must be open to
 * this module.
 */
final class RecordMapper implements RowMapper<Object> {
    /** Reads the next column, or columns, as the type of one component. */
    private interface ComponentReader {
        @Nullable
        Object read(ColumnReader row) throws SQLException;
    }

    /** Gives a mapper for each record. Jdbi asks anew for each statement. */
    static final class Factory implements RowMapperFactory {
        private static final ClassValue<RecordMapper> MADE = new ClassValue<>() {
            @Override
            protected RecordMapper computeValue(Class<?> type) {
                return new RecordMapper(type);
            }
        };

        @Override
        public Optional<RowMapper<?>> build(Type type, ConfigRegistry config) {
            return type instanceof Class<?> raw && raw.isRecord() ? Optional.of(MADE.get(raw)) : Optional.empty();
        }
    }

    private final MethodHandle constructor;
    private final List<ComponentReader> readers;

    private RecordMapper(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        this.readers = Arrays.stream(components)
                .map(component -> reader(component.getType()))
                .toList();
        try {
            Constructor<?> canonical = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            canonical.setAccessible(true);
            this.constructor = MethodHandles.lookup()
                    .unreflectConstructor(canonical)
                    .asSpreader(Object[].class, components.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " must be open to dealbrain.database", e);
        }
    }

    private static ComponentReader reader(Class<?> type) {
        if (type.isRecord()) {
            RecordMapper nested = new RecordMapper(type);
            return nested::read;
        }
        if (type.isEnum()) {
            return row -> constant(type, row.textOrNull());
        }
        return switch (type.getName()) {
            case "long" -> ColumnReader::int64;
            case "int" -> ColumnReader::int32;
            case "boolean" -> ColumnReader::bool;
            case "java.lang.Long" -> ColumnReader::int64OrNull;
            case "java.lang.Integer" -> ColumnReader::int32OrNull;
            case "java.lang.Boolean" -> ColumnReader::boolOrNull;
            case "java.lang.String" -> ColumnReader::textOrNull;
            case "java.math.BigDecimal" -> ColumnReader::decimalOrNull;
            case "java.time.Instant" -> ColumnReader::instantOrNull;
            default -> throw new IllegalStateException("no column is read as " + type.getName());
        };
    }

    private static @Nullable Object constant(Class<?> type, @Nullable String name) {
        return name == null
                ? null
                : Arrays.stream(type.getEnumConstants())
                        .filter(each -> ((Enum<?>) each).name().equals(name.toUpperCase(Locale.ROOT)))
                        .findFirst()
                        .orElseThrow();
    }

    @Override
    public Object map(ResultSet row, StatementContext context) throws SQLException {
        return read(new ColumnReader(row));
    }

    private Object read(ColumnReader row) throws SQLException {
        @Nullable Object[] values = new Object[readers.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = readers.get(i).read(row);
        }
        try {
            return constructor.invokeExact(values);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a constructor of a record throws nothing checked", e);
        }
    }
}
