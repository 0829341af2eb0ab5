package dealbrain.http;

/** The typed key of a value that a filter attaches to a request. Compared by identity. */
public final class RequestAttribute<T> {
    private final Class<T> type;

    public RequestAttribute(Class<T> type) {
        this.type = type;
    }

    T cast(Object value) {
        return type.cast(value);
    }
}
