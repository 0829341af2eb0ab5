package dealbrain.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.ContextualSerializer;
import com.fasterxml.jackson.databind.ser.ResolvableSerializer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes a {@link SharedValue} value into a {@link JsonBuffer} once, and then copies what stands there. Elsewhere it writes as usual. */
final class SharedValueSerializer extends JsonSerializer<Object> implements ContextualSerializer, ResolvableSerializer {
    private final JsonSerializer<Object> usual;

    private SharedValueSerializer(JsonSerializer<Object> usual) {
        this.usual = usual;
    }

    /** Puts such a serializer before the usual one of each type that is repeated. */
    static final class Modifier extends BeanSerializerModifier {
        private static final long serialVersionUID = 1;

        @Override
        @SuppressWarnings("unchecked")
        public JsonSerializer<?> modifySerializer(
                SerializationConfig config, BeanDescription type, JsonSerializer<?> usual) {
            return SharedValue.class.isAssignableFrom(type.getBeanClass())
                    ? new SharedValueSerializer((JsonSerializer<Object>) usual)
                    : usual;
        }
    }

    @Override
    public void serialize(Object value, JsonGenerator json, SerializerProvider provider) throws IOException {
        if (!(provider.getAttribute(JsonBuffer.class) instanceof JsonBuffer buffer)) {
            usual.serialize(value, json, provider);
        } else if (buffer.knows(value)) {
            json.writeRawValue(""); // puts the colon or the comma before it
            json.flush();
            buffer.repeat(value);
        } else {
            json.flush();
            int from = buffer.size();
            usual.serialize(value, json, provider);
            json.flush();
            buffer.remember(value, from);
        }
    }

    @Override
    public void serializeWithType(Object value, JsonGenerator json, SerializerProvider provider, TypeSerializer type)
            throws IOException {
        usual.serializeWithType(value, json, provider, type);
    }

    @Override
    public void resolve(SerializerProvider provider) throws JsonMappingException {
        if (usual instanceof ResolvableSerializer resolvable) {
            resolvable.resolve(provider);
        }
    }

    /** Where a place wants the value written otherwise, it is not the same everywhere. */
    @SuppressWarnings("ReferenceEquality") // the same one comes back where the place wants nothing
    @Override
    public JsonSerializer<?> createContextual(SerializerProvider provider, @Nullable BeanProperty place)
            throws JsonMappingException {
        JsonSerializer<?> there = provider.handleSecondaryContextualization(usual, place);
        return there == usual ? this : there;
    }
}
