package dealbrain.caching;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.ToIntFunction;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The type of a cached value, and a fingerprint of its shape. Instances of two versions that share a Redis do not read
 * entries of each other if the shape differs.
 *
 * @param shape     a hash of the names and component types of {@code type} and of the records that it is made of
 * @param inRedis   whether values are cached in Redis too; otherwise they are never serialized
 * @param size      the approximate size of a value in bytes, with everything that it computes and keeps later; null for
 *                  the size of the serialized value
 * @param equality  whether a cached value and one that is loaded now show the same, for the {@link Auditor}
 * @param rejection the exception by which a loader rejects a read, for example because the value was deleted or may no
 *                  longer be shown; null if it throws after failures only
 */
public record CacheType<T>(
        Class<T> type,
        String shape,
        boolean inRedis,
        @Nullable ToIntFunction<? super T> size,
        BiPredicate<? super T, ? super T> equality,
        @Nullable Class<? extends RuntimeException> rejection) {
    private static final BiPredicate<Object, Object> EQUALS = Object::equals;

    /** Returns the type of values that Jackson can read back, such as records. */
    public static <T> CacheType<T> of(Class<T> type) {
        return of(type, describe(type), true);
    }

    /**
     * Returns the type of values that contain a rendered form of other records.
     *
     * @param source the record that is rendered
     * @param rules  changes with the way in which it is rendered: a template, or a version number
     */
    public static <T> CacheType<T> of(Class<T> type, Class<?> source, String rules) {
        return of(type, describe(type) + describe(source) + rules, true);
    }

    /**
     * Returns the type of values that are cached in memory only and are never serialized: private values, or values
     * that are quicker to load than to transfer.
     */
    public static <T> CacheType<T> inMemory(Class<T> type, ToIntFunction<? super T> size) {
        return of(type, describe(type), false).withSize(size);
    }

    private static <T> CacheType<T> of(Class<T> type, String description, boolean inRedis) {
        return new CacheType<>(type, fingerprint(description), inRedis, null, EQUALS, null);
    }

    public CacheType<T> withSize(ToIntFunction<? super T> other) {
        return new CacheType<>(type, shape, inRedis, other, equality, rejection);
    }

    public CacheType<T> withEquality(BiPredicate<? super T, ? super T> other) {
        return new CacheType<>(type, shape, inRedis, size, other, rejection);
    }

    public CacheType<T> withRejection(Class<? extends RuntimeException> other) {
        return new CacheType<>(type, shape, inRedis, size, equality, other);
    }

    /**
     * Returns the approximate size of a value in bytes.
     *
     * @param serialized the size of the serialized value; 0 if it is not serialized
     */
    int sizeOf(T value, int serialized) {
        return size == null ? serialized : size.applyAsInt(value);
    }

    /** Returns whether {@code exception} says that the loader rejects the read; otherwise the loader has failed. */
    boolean isRejection(RuntimeException exception) {
        return rejection != null && rejection.isInstance(exception);
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
