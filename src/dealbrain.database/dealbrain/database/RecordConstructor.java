package dealbrain.database;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Creates a record from an array with the values of its components. The record must not be private, and its package
 * must be open to this module. Thread-safe.
 *
 * <p>The constructor is called by a small class, which is generated at the first call. A method handle that spreads an
 * array would generate several classes for each component that it converts: for the records of a listing that takes a
 * tenth of a second of the start (docs/decisions/0019-jdbi.md).
 */
final class RecordConstructor {
    private static final ClassDesc FUNCTION = ClassDesc.of("java.util.function.Function");
    private static final MethodTypeDesc APPLY = MethodTypeDesc.of(ConstantDescs.CD_Object, ConstantDescs.CD_Object);
    private static final MethodTypeDesc CONSTRUCTOR = MethodTypeDesc.of(ConstantDescs.CD_void);

    /** A class is generated once for each record, because a second one of the same name cannot be defined. */
    private static final Map<Class<?>, Function<@Nullable Object[], Object>> GENERATED = new ConcurrentHashMap<>();

    private final Class<?> type;
    private volatile @Nullable Function<@Nullable Object[], Object> generated;

    RecordConstructor(Class<?> type) {
        this.type = type;
    }

    /**
     * Creates a record.
     *
     * @throws ClassCastException    a value has another type than its component
     * @throws NullPointerException  the value of a primitive component is null
     * @throws IllegalStateException the record is private, or its package is not open
     */
    Object create(@Nullable Object[] values) {
        Function<@Nullable Object[], Object> known = generated;
        if (known == null) {
            known = GENERATED.computeIfAbsent(type, _ -> generate());
            generated = known;
        }
        return known.apply(values);
    }

    @SuppressWarnings("unchecked")
    private Function<@Nullable Object[], Object> generate() {
        if (Modifier.isPrivate(type.getModifiers())) {
            throw new IllegalStateException(type.getName() + " must not be private");
        }
        RecordConstructor.class.getModule().addReads(type.getModule());
        try {
            Constructor<?> created = MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                    .defineClass(bytes())
                    .getDeclaredConstructor();
            created.setAccessible(true);
            return (Function<@Nullable Object[], Object>) created.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " must be open to dealbrain.database", e);
        }
    }

    /** Returns a class in the package of the record that implements {@link Function}. */
    private byte[] bytes() {
        ClassDesc name = ClassDesc.of(type.getName() + "$Constructor");
        return ClassFile.of()
                .build(
                        name,
                        builder -> builder.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC)
                                .withInterfaceSymbols(FUNCTION)
                                .withMethodBody(
                                        ConstantDescs.INIT_NAME,
                                        CONSTRUCTOR,
                                        0,
                                        code -> code.aload(0)
                                                .invokespecial(
                                                        ConstantDescs.CD_Object, ConstantDescs.INIT_NAME, CONSTRUCTOR)
                                                .return_())
                                .withMethodBody("apply", APPLY, ClassFile.ACC_PUBLIC, this::apply));
    }

    /** Writes {@code return new Type((First) values[0], …)}. */
    private void apply(CodeBuilder code) {
        RecordComponent[] components = type.getRecordComponents();
        ClassDesc[] types = Arrays.stream(components)
                .map(component -> component.getType().describeConstable().orElseThrow())
                .toArray(ClassDesc[]::new);
        ClassDesc owner = type.describeConstable().orElseThrow();
        code.aload(1)
                .checkcast(ConstantDescs.CD_Object.arrayType())
                .astore(1)
                .new_(owner)
                .dup();
        for (int i = 0; i < types.length; i++) {
            code.aload(1).loadConstant(i).aaload();
            cast(code, types[i]);
        }
        code.invokespecial(owner, ConstantDescs.INIT_NAME, MethodTypeDesc.of(ConstantDescs.CD_void, types))
                .areturn();
    }

    private static void cast(CodeBuilder code, ClassDesc type) {
        if (!type.isPrimitive()) {
            code.checkcast(type);
            return;
        }
        ClassDesc box = box(type);
        code.checkcast(box).invokevirtual(box, type.displayName() + "Value", MethodTypeDesc.of(type));
    }

    private static ClassDesc box(ClassDesc primitive) {
        return switch (primitive.displayName()) {
            case "int" -> ConstantDescs.CD_Integer;
            case "char" -> ConstantDescs.CD_Character;
            case "boolean" -> ConstantDescs.CD_Boolean;
            case "byte" -> ConstantDescs.CD_Byte;
            case "short" -> ConstantDescs.CD_Short;
            case "long" -> ConstantDescs.CD_Long;
            case "float" -> ConstantDescs.CD_Float;
            default -> ConstantDescs.CD_Double;
        };
    }
}
