package dealbrain.json;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dealbrain.waterfall.StepKind;
import dealbrain.waterfall.Waterfall;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reads and writes JSON with one configuration: names in snake case, RFC 3339 times in UTC, decimals without exponents,
 * enums in lower case. Thread-safe.
 */
public final class Json {
    /** The maximum nesting of objects and arrays. */
    static final int MAX_DEPTH = 40;

    private static final int MAX_DIGITS = 100;
    private static final int MAX_NAME = 1000;
    /**
     * The maximum number of names, values and brackets. An import of a thousand listings with all parts has 200,000.
     * Each takes up to 100 bytes of memory.
     */
    public static final int MAX_TOKENS = 300_000;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private static final ObjectMapper MAPPER = mapper();
    private static final ObjectWriter BODY_WRITER = MAPPER.writer().without(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

    private Json() {}

    private static ObjectMapper mapper() {
        JsonFactory factory = JsonFactory.builder()
                // the default pool is thread-local, which is useless with a new thread for each request
                .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
                // a shared symbol table, in which clients could cause collisions
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNumberLength(MAX_DIGITS)
                        .maxNameLength(MAX_NAME)
                        .maxTokenCount(MAX_TOKENS)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                .build();
        return JsonMapper.builder(factory)
                .addModule(new JavaTimeModule())
                .addModule(new SimpleModule("dealbrain")
                        .addSerializer(new InstantSerializer())
                        .setSerializerModifier(new SharedValueSerializer.Modifier()))
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .disable(MapperFeature.AUTO_DETECT_IS_GETTERS) // a method such as isVisible() is not a member
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .build();
    }

    /**
     * Parses one JSON text strictly: UTF-8, no duplicate members and no content after the end. A byte order mark is
     * ignored (RFC 8259, section 8.1). The nesting, the lengths and the number of values are limited.
     *
     * @throws MalformedJsonException with line and column
     */
    public static JsonNode parse(byte[] bytes) {
        if (bytes.length == 0) {
            throw new MalformedJsonException("the body must be JSON, was empty");
        }
        try {
            JsonNode tree = MAPPER.readTree(utf8(bytes)); // decoded in pieces: a string would double the memory
            if (tree.isMissingNode()) {
                throw new MalformedJsonException("the body must be JSON, was blank");
            }
            return tree;
        } catch (StreamConstraintsException e) {
            throw new MalformedJsonException(limit(e) + place(e.getLocation()));
        } catch (JsonProcessingException e) {
            throw new MalformedJsonException("invalid JSON" + place(e.getLocation()) + ": "
                    + SyntaxErrorText.of(e, new String(bytes, StandardCharsets.UTF_8)));
        } catch (NumberFormatException _) {
            throw new MalformedJsonException("the exponent of a number is too large");
        } catch (CharacterCodingException _) {
            throw new MalformedJsonException("the body is not valid UTF-8");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String limit(StreamConstraintsException e) {
        String reason = e.getOriginalMessage();
        if (reason.contains("depth")) {
            return "the JSON must not nest deeper than " + MAX_DEPTH + " levels";
        }
        if (reason.contains("Token count")) {
            return "the JSON must not have more than " + MAX_TOKENS + " names, values and brackets";
        }
        return reason.contains("Number")
                ? "a number must not have more than " + MAX_DIGITS + " digits"
                : "a name must not have more than " + MAX_NAME + " characters";
    }

    /** Returns a reader that throws {@link CharacterCodingException} at bytes that are not UTF-8. */
    private static Reader utf8(byte[] bytes) {
        int start = Arrays.mismatch(bytes, BYTE_ORDER_MARK) == BYTE_ORDER_MARK.length
                        || Arrays.equals(bytes, BYTE_ORDER_MARK)
                ? BYTE_ORDER_MARK.length
                : 0;
        return new InputStreamReader(
                new ByteArrayInputStream(bytes, start, bytes.length - start), StandardCharsets.UTF_8.newDecoder());
    }

    private static String place(JsonLocation location) {
        return location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    /**
     * Converts a tree that is valid by its schema to an object.
     *
     * @throws InvalidInputException for a value that only the Java type rejects, such as a leap second
     */
    static <T> T bind(JsonNode tree, Class<T> type) {
        try {
            return MAPPER.treeToValue(tree, type);
        } catch (JsonMappingException e) {
            String pointer = e.getPath().stream()
                    .map(step -> "/"
                            + (step.getFieldName() == null ? step.getIndex() : ErrorText.escape(step.getFieldName())))
                    .collect(Collectors.joining());
            throw new InvalidInputException(List.of(ErrorText.error(
                    pointer, "must be a value that can be stored, was " + ErrorText.shown(tree.at(pointer)))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a parsed tree cannot be converted to " + type.getSimpleName(), e);
        }
    }

    /** Reads JSON text that {@link #text} wrote, such as a database column. */
    public static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads JSON text that {@link #text} wrote as a type with type arguments, such as {@code List<Port>}. */
    public static Object read(String json, Type type) {
        try {
            return MAPPER.readValue(json, MAPPER.constructType(type));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the JSON name of a record component: the value of {@code @JsonProperty}, else its name in snake case. */
    public static String memberName(RecordComponent component) {
        JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
        return property == null ? snakeCase(component.getName()) : property.value();
    }

    static String snakeCase(String name) {
        return PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(name);
    }

    /** Returns a new, empty object. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the UTF-8 bytes of the JSON of a body, with a line break at the end, after which a terminal shows its
     * prompt. Each {@link SharedValue} in it is serialized once.
     */
    public static byte[] bytes(Object value) {
        long start = System.nanoTime();
        try (JsonBuffer buffer = JsonBuffer.acquire()) {
            BODY_WRITER.withAttribute(JsonBuffer.class, buffer).writeValue(buffer, value);
            buffer.write('\n');
            return buffer.toBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Waterfall.record(StepKind.JSON, start);
        }
    }
}
