package dealbrain.database;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The columns that a record is read from. The record names each column once, as a component. Components marked
 * {@link Computed} are no columns.
 *
 * <p>Rows are read by column index. Enums are stored as their lower-case names, JSON columns are read by a given
 * decoder. The package of the record must be open to this module. Thread-safe.
 */
public final class RecordColumns<R> {
    /** How components and columns correspond. */
    public interface Mapping {
        /** Returns the name of the column of a component. */
        String name(RecordComponent component);

        /** Returns the value of a json or jsonb column as a type. */
        Object decode(String json, Type type);
    }

    /** Reads the next column as the value of one component. */
    private interface ComponentReader {
        @Nullable
        Object read(ColumnReader row) throws SQLException;
    }

    private record Column(int component, String name, ComponentReader reader) {}

    private final List<Column> columns = new ArrayList<>();
    private final Class<R> type;
    private final RecordConstructor constructor;
    private final List<String> componentNames;

    private RecordColumns(Class<R> type, Mapping mapping) {
        this.type = type;
        this.constructor = new RecordConstructor(type);
        RecordComponent[] all = type.getRecordComponents();
        this.componentNames = Arrays.stream(all).map(mapping::name).toList();
        for (int i = 0; i < all.length; i++) {
            if (isColumn(all[i])) {
                columns.add(new Column(i, mapping.name(all[i]), reader(all[i], mapping)));
            }
        }
    }

    public static <R> RecordColumns<R> of(Class<R> type, Mapping mapping) {
        return new RecordColumns<>(type, mapping);
    }

    private static boolean isColumn(RecordComponent component) {
        return !component.isAnnotationPresent(Computed.class);
    }

    /** Returns the names of the columns, in the order of the components. */
    public List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    /** Returns the columns as a list for SELECT, each with the alias of its table: {@code l.id, l.title}. */
    public String select(String alias) {
        return columns.stream().map(column -> alias + "." + column.name()).collect(Collectors.joining(", "));
    }

    /** Returns the columns as {@link #select(String)} does, with expressions in the places of those that have one. */
    public String select(String alias, Map<String, String> expressions) {
        return columns.stream()
                .map(column -> expressions.getOrDefault(column.name(), alias + "." + column.name()))
                .collect(Collectors.joining(", "));
    }

    /** Returns how many columns a row has for this record. */
    public int width() {
        return columns.size();
    }

    /** Returns the index within {@link #values} of the component with this column or member name. */
    public int component(String name) {
        int index = componentNames.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException(type.getSimpleName() + " has no component " + name);
        }
        return index;
    }

    /** Reads the next {@link #width} columns as a record, all components of which are columns. */
    public R read(ColumnReader row) throws SQLException {
        return create(values(row));
    }

    /**
     * Reads the next {@link #width} columns. Returns the values of all components, null for those that are no columns.
     */
    public @Nullable Object[] values(ColumnReader row) throws SQLException {
        @Nullable Object[] values = new Object[componentNames.size()];
        for (Column column : columns) {
            values[column.component()] = column.reader().read(row);
        }
        return values;
    }

    /** Creates a record from the values of all its components. */
    public R create(@Nullable Object[] values) {
        return type.cast(constructor.create(values));
    }

    private static ComponentReader reader(RecordComponent component, Mapping mapping) {
        Class<?> type = component.getType();
        if (type.isEnum()) {
            Map<String, Object> constants = constants(type);
            return row -> constants.get(row.textOrNull());
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
            default -> jsonReader(component.getGenericType(), mapping);
        };
    }

    private static Map<String, Object> constants(Class<?> type) {
        Map<String, Object> constants = new HashMap<>();
        for (Object constant : type.getEnumConstants()) {
            constants.put(((Enum<?>) constant).name().toLowerCase(Locale.ROOT), constant);
        }
        return constants;
    }

    private static ComponentReader jsonReader(Type type, Mapping mapping) {
        return row -> {
            String text = row.textOrNull();
            return text == null ? null : mapping.decode(text, type);
        };
    }
}
