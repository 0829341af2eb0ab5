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
 * What is kept under a key, and a fingerprint of its shape: programs of two versions that share one Redis do not read what the
 * other has written in another form.
 *
 * @param shape of the type, and of what its bytes were made of
 * @param size  about how many bytes a value takes in memory, for what is kept there alone; null for what is kept in Redis too,
 *              whose size is that of its form there
 */
public record CacheType<T>(
        Class<T> type, String shape, @Nullable ToIntFunction<T> size) {

    /** A record, or another type that Jackson reads back. */
    public static <T> CacheType<T> of(Class<T> type) {
        return new CacheType<>(type, fingerprint(describe(type)), null);
    }

    /** What is kept in memory alone, as it is: what is private, or quicker to load than to bring over. */
    public static <T> CacheType<T> inMemory(Class<T> type, ToIntFunction<T> size) {
        return new CacheType<>(type, fingerprint(describe(type)), size);
    }

    /** One whose bytes were made of other records, or by the rules of a text: a template, or a number that moves with the code. */
    public static <T> CacheType<T> of(Class<T> type, Class<?> madeOf, String rules) {
        return new CacheType<>(type, fingerprint(describe(type) + describe(madeOf) + rules), null);
    }

    /** About how many bytes a value of a type takes that is kept in memory alone. */
    int sizeOf(T value) {
        return size == null ? 0 : size.applyAsInt(value);
    }

    private static String fingerprint(String description) {
        CRC32C sum = new CRC32C();
        sum.update(description.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(sum.getValue());
    }

    /** The components of a record and of the records in it, with names and types in their order. */
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
