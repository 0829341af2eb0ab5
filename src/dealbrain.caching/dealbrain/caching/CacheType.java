package dealbrain.caching;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The type of a cached value, and a fingerprint of its shape. Instances of two versions that share a Redis do not read
 * entries of each other if the shape differs.
 *
 * @param shape a hash of the names and component types of {@code type} and of the records that it is made of
 * @param size  the approximate size of a value in bytes, for values that are cached in memory only; null for values
 *              that are cached in Redis too, whose size is that of their serialized form
 */
public record CacheType<T>(
        Class<T> type, String shape, @Nullable ToIntFunction<T> size) {

    /** Returns the type of values that Jackson can read back, such as records. */
    public static <T> CacheType<T> of(Class<T> type) {
        return new CacheType<>(type, fingerprint(describe(type)), null);
    }

    /**
     * Returns the type of values that are cached in memory only and are never serialized: private values, or values
     * that are quicker to load than to transfer.
     */
    public static <T> CacheType<T> inMemory(Class<T> type, ToIntFunction<T> size) {
        return new CacheType<>(type, fingerprint(describe(type)), size);
    }

    /**
     * Returns the type of values that contain a rendered form of other records.
     *
     * @param source the record that is rendered
     * @param rules  changes with the way in which it is rendered: a template, or a version number
     */
    public static <T> CacheType<T> of(Class<T> type, Class<?> source, String rules) {
        return new CacheType<>(type, fingerprint(describe(type) + describe(source) + rules), null);
    }

    /** Returns the approximate size of a value that is cached in memory only. */
    int sizeOf(T value) {
        return size == null ? 0 : size.applyAsInt(value);
    }

    private static String fingerprint(String description) {
        CRC32C sum = new CRC32C();
        sum.update(description.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(sum.getValue());
    }

    /** Lists the components of a record and of the records in it, with names and types in their order. */
    private static String describe(Class<?> type) {
        StringBuilder description = new StringBuilder();
        describe(type, description, new LinkedHashSet<>());
        return description.toString();
    }

    private static void describe(Type type, StringBuilder description, Set<Type> seen) {
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                describe(argument, description, seen);
            }
        } else if (type instanceof Class<?> raw && seen.add(raw)) {
            describe(raw, description, seen);
        }
    }

    private static void describe(Class<?> raw, StringBuilder description, Set<Type> seen) {
        description.append(raw.getName());
        if (raw.isEnum()) {
            for (Object constant : raw.getEnumConstants()) {
                description.append(',').append(constant);
            }
        }
        if (raw.isRecord()) {
            for (RecordComponent component : raw.getRecordComponents()) {
                description
                        .append(';')
                        .append(component.getName())
                        .append(':')
                        .append(component.getGenericType().getTypeName());
                describe(component.getGenericType(), description, seen);
            }
        }
    }
}
