package dealbrain.json;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.CustomPropertyDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.generator.TypeScope;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationOption;
import jakarta.validation.constraints.Digits;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Generates the JSON schemas (draft 2020-12) of records, both for the validation of inputs and for the API
 * documentation. A member is required unless it is {@code @Nullable} or has a {@link Default}. Unknown members are
 * rejected. Thread-safe.
 *
 * <p>The schema of a component is made from these sources:
 *
 * <ol>
 *   <li>Its type. The generator knows texts, numbers, times, records, lists and maps; {@link #ownDefinition} adds
 *       enums, free-form objects and raw JSON.
 *   <li>{@link TextOr} and {@link TextOrJson}, which make one schema for a text and an object, so that each violation
 *       is reported once.
 *   <li>Its Jakarta constraints, such as {@code @Size} and {@code @Pattern}, and its Jackson annotations.
 *   <li>The range of its Java type, if it has no constraint on it: a number outside of it could not be bound.
 *   <li>{@code @Nullable} and {@link Default}.
 * </ol>
 */
public final class InputSchemas {
    private final SchemaGenerator generator = new SchemaGenerator(config().build());
    private final Map<Class<?>, InputSchema> inputs = new ConcurrentHashMap<>();

    /** Returns the schema of an input record. It is generated once for each type. */
    public InputSchema input(Class<?> type) {
        InputSchema known = inputs.get(type);
        return known == null ? generate(type) : known;
    }

    /**
     * Adds the defaults to a JSON tree, validates it and binds it to a record.
     *
     * @throws InvalidInputException with every error
     */
    public <T extends Record> T bind(JsonNode tree, Class<T> type) {
        return InputBinder.bind(tree, type, input(type));
    }

    /**
     * Binds decoded query parameters to a record. Their texts are converted to the types of the schema, then validated
     * like a body.
     *
     * @throws InvalidInputException with every error
     */
    public <T extends Record> T bindQuery(Map<String, List<String>> query, Class<T> type) {
        return InputBinder.bindQuery(query, type, input(type));
    }

    /** Returns a merge patch for an input record; it is validated when it is applied. */
    public <T extends Record> MergePatch<T> patch(JsonNode patch, Class<T> type) {
        return new MergePatch<>(patch, type, input(type));
    }

    /** Returns an error for each parameter of a query that must have none. */
    public static List<InputError> unknownParameters(Map<String, List<String>> query) {
        return InputBinder.unknown(query);
    }

    /** Returns the schema of a type, generated once. Synchronized, because the generator is not thread-safe. */
    private synchronized InputSchema generate(Class<?> type) {
        return inputs.computeIfAbsent(type, each -> new InputSchema(document(each)));
    }

    /** Replaces Java objects that the generator leaves in the tree, such as defaults, by JSON values. */
    private static ObjectNode plain(ObjectNode schema) {
        return Json.read(schema.toString(), ObjectNode.class);
    }

    /**
     * Returns a new copy of the schema of any type, also of a result. The title of a record or enum is the name of its
     * type.
     */
    synchronized ObjectNode document(Class<?> type) {
        return plain(generator.generateSchema(type));
    }

    private static SchemaGeneratorConfigBuilder config() {
        SchemaGeneratorConfigBuilder config = new SchemaGeneratorConfigBuilder(
                        SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(
                        Option.ADDITIONAL_FIXED_TYPES,
                        Option.STANDARD_FORMATS,
                        Option.INLINE_NULLABLE_SCHEMAS,
                        Option.PLAIN_DEFINITION_KEYS)
                .without(Option.SCHEMA_VERSION_INDICATOR)
                .with(new JacksonModule())
                .with(new JakartaValidationModule(JakartaValidationOption.INCLUDE_PATTERN_EXPRESSIONS));
        config.forFields()
                .withPropertyNameOverrideResolver(field -> Json.snakeCase(field.getDeclaredName()))
                .withNullableCheck(InputSchemas::nullable)
                .withRequiredCheck(field -> !nullable(field) && field.getAnnotation(Default.class) == null)
                .withDefaultResolver(InputSchemas::defaultValue)
                .withNumberMultipleOfResolver(InputSchemas::smallestStep)
                .withNumberInclusiveMinimumResolver(field -> range(field, Integer.MIN_VALUE, Long.MIN_VALUE))
                .withNumberInclusiveMaximumResolver(field -> range(field, Integer.MAX_VALUE, Long.MAX_VALUE))
                .withCustomDefinitionProvider(InputSchemas::textOrObject)
                .withCustomDefinitionProvider(InputSchemas::textOrJson)
                .withCustomDefinitionProvider(InputSchemas::withoutIgnored);
        config.forTypesInGeneral()
                .withCustomDefinitionProvider(InputSchemas::ownDefinition)
                .withTitleResolver(InputSchemas::title)
                .withAdditionalPropertiesResolver(InputSchemas::otherMembers)
                .withTypeAttributeOverride((schema, scope, _) ->
                        ignore(schema, scope.getType().getErasedType().getAnnotation(JsonIgnoreProperties.class)))
                .withPropertySorter((_, _) -> 0); // keeps the order of declaration
        return config;
    }

    private static boolean nullable(FieldScope field) {
        return field.getRawMember().getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static @Nullable Object defaultValue(FieldScope field) {
        Default found = field.getAnnotation(Default.class);
        return found == null || field.isFakeContainerItemScope() ? null : Json.read(found.value(), Object.class);
    }

    private static @Nullable BigDecimal smallestStep(FieldScope field) {
        Digits digits = field.getAnnotation(Digits.class);
        return digits == null ? null : BigDecimal.ONE.movePointLeft(digits.fraction());
    }

    /** Returns the limit of the Java type, for members without a narrower constraint. */
    private static @Nullable BigDecimal range(FieldScope field, int ofInteger, long ofLong) {
        Class<?> type = field.getType().getErasedType();
        if (type == Integer.class || type == int.class) {
            return BigDecimal.valueOf(ofInteger);
        }
        return type == Long.class || type == long.class ? BigDecimal.valueOf(ofLong) : null;
    }

    /** Returns the type of unknown members: none in records, the value type in maps. */
    private static @Nullable Type otherMembers(TypeScope scope) {
        if (scope.getType().getErasedType().isRecord() && !scope.getType().isInstanceOf(RawJson.class)) {
            return Void.class;
        }
        return scope.getType().isInstanceOf(Map.class) ? scope.getTypeParameterFor(Map.class, 1) : null;
    }

    /** Returns the name of a record or enum, by which {@link SchemaComponents} makes components. */
    private static @Nullable String title(TypeScope scope) {
        Class<?> type = scope.getType().getErasedType();
        boolean isNamed = type.isEnum() || (type.isRecord() && type != RawJson.class);
        return isNamed ? type.getName() : null;
    }

    private static @Nullable CustomPropertyDefinition textOrObject(FieldScope field, SchemaGenerationContext context) {
        TextOr textOr = field.getAnnotation(TextOr.class);
        if (textOr == null) {
            return null;
        }
        ObjectNode schema =
                context.createStandardDefinition(context.getTypeContext().resolve(textOr.value()), null);
        schema.put("title", textOr.value().getName());
        schema.putArray("type").add("string").add("object");
        schema.put("minLength", 1).put("maxLength", 255);
        return new CustomPropertyDefinition(schema);
    }

    private static @Nullable CustomPropertyDefinition textOrJson(FieldScope field, SchemaGenerationContext context) {
        TextOrJson textOrJson = field.getAnnotation(TextOrJson.class);
        if (textOrJson == null) {
            return null;
        }
        ObjectNode schema = context.getGeneratorConfig().createObjectNode();
        schema.putArray("type").add("string").add("object").add("array");
        schema.put("maxLength", textOrJson.maxLength());
        return new CustomPropertyDefinition(schema);
    }

    /** Returns the schema of a member that ignores some members of its type. */
    private static @Nullable CustomPropertyDefinition withoutIgnored(
            FieldScope field, SchemaGenerationContext context) {
        JsonIgnoreProperties ignored = field.getAnnotation(JsonIgnoreProperties.class);
        if (ignored == null) {
            return null;
        }
        ObjectNode schema = context.createStandardDefinition(field.getType(), null);
        schema.put("title", field.getType().getErasedType().getName() + difference(schema, ignored));
        ignore(schema, ignored);
        return new CustomPropertyDefinition(schema);
    }

    /** Returns what {@link #ignore} changes, such as {@code WithoutOwnerId}, because the result is another schema. */
    private static String difference(ObjectNode schema, JsonIgnoreProperties ignored) {
        StringBuilder difference = new StringBuilder();
        for (String name : ignored.value()) {
            difference.append(schema.path("properties").has(name) ? "Without" : "With");
            for (String word : name.split("_", -1)) {
                difference.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
            }
        }
        return difference.toString();
    }

    /**
     * Applies {@code @JsonIgnoreProperties}: a name that is a member is removed, because it is never written; another
     * name is added without a type, because its value is ignored.
     */
    private static void ignore(ObjectNode schema, @Nullable JsonIgnoreProperties ignored) {
        for (String name : ignored == null ? new String[0] : ignored.value()) {
            ObjectNode members = schema.withObjectProperty("properties");
            if (members.remove(name) == null) {
                members.putObject(name).put("description", "ignored");
            } else if (schema.path("required") instanceof ArrayNode required) {
                required.removeIf(each -> each.asText().equals(name));
            }
        }
    }

    private static @Nullable CustomDefinition ownDefinition(ResolvedType type, SchemaGenerationContext context) {
        ObjectNode schema = context.getGeneratorConfig().createObjectNode();
        if (type.isInstanceOf(Enum.class)) {
            schema.put("type", "string");
            for (Object each : type.getErasedType().getEnumConstants()) {
                schema.withArray("enum").add(constant(each));
            }
        } else if (type.isInstanceOf(ObjectNode.class) || type.isInstanceOf(RawJson.class)) {
            schema.put("type", "object");
        } else {
            return null;
        }
        return new CustomDefinition(
                schema, CustomDefinition.DefinitionType.INLINE, CustomDefinition.AttributeInclusion.YES);
    }

    private static String constant(Object each) {
        return each instanceof SortOrder order
                ? order.parameter()
                : each.toString().toLowerCase(Locale.ROOT);
    }
}
