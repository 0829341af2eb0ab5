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

/**
 * Serializes a {@link SharedValue} into a {@link JsonBuffer} once and copies its bytes when it occurs again. Without a
 * buffer, it only delegates to the default serializer.
 */
final class SharedValueSerializer extends JsonSerializer<Object> implements ContextualSerializer, ResolvableSerializer {
    private final JsonSerializer<Object> delegate;

    private SharedValueSerializer(JsonSerializer<Object> delegate) {
        this.delegate = delegate;
    }

    /** Wraps the default serializers of all {@link SharedValue}s. */
    static final class Modifier extends BeanSerializerModifier {
        private static final long serialVersionUID = 1;

        @Override
        @SuppressWarnings("unchecked")
        public JsonSerializer<?> modifySerializer(
                SerializationConfig config, BeanDescription type, JsonSerializer<?> serializer) {
            return SharedValue.class.isAssignableFrom(type.getBeanClass())
                    ? new SharedValueSerializer((JsonSerializer<Object>) serializer)
                    : serializer;
        }
    }

    @Override
    public void serialize(Object value, JsonGenerator json, SerializerProvider provider) throws IOException {
        if (!(provider.getAttribute(JsonBuffer.class) instanceof JsonBuffer buffer)) {
            delegate.serialize(value, json, provider);
        } else if (buffer.contains(value)) {
            // an empty raw value makes the generator write the colon or comma before the value and count the value
            json.writeRawValue("");
            json.flush(); // before the bytes that bypass the generator
            buffer.append(value);
        } else {
            json.flush(); // so that the size is the position of the value
            int from = buffer.size();
            delegate.serialize(value, json, provider);
            json.flush();
            buffer.record(value, from);
        }
    }

    @Override
    public void serializeWithType(Object value, JsonGenerator json, SerializerProvider provider, TypeSerializer type)
            throws IOException {
        delegate.serializeWithType(value, json, provider, type);
    }

    @Override
    public void resolve(SerializerProvider provider) throws JsonMappingException {
        if (delegate instanceof ResolvableSerializer resolvable) {
            resolvable.resolve(provider);
        }
    }

    /** Returns the bare delegate for a property that changes the JSON of its value, such as by ignoring members. */
    @SuppressWarnings("ReferenceEquality") // the delegate returns itself if the property changes nothing
    @Override
    public JsonSerializer<?> createContextual(SerializerProvider provider, @Nullable BeanProperty property)
            throws JsonMappingException {
        JsonSerializer<?> contextual = provider.handleSecondaryContextualization(delegate, property);
        return contextual == delegate ? this : contextual;
    }
}
