package dealbrain.http;

/** The typed name under which a filter leaves something for the handlers after it. Compared by identity. */
public final class Attribute<T> {
    private final Class<T> type;

    public Attribute(Class<T> type) {
        this.type = type;
    }

    T cast(Object value) {
        return type.cast(value);
    }
}
