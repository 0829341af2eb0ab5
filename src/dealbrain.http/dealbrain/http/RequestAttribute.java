package dealbrain.http;

/** The typed name under which a filter leaves something for the handlers after it. Compared by identity. */
public final class RequestAttribute<T> {
    private final Class<T> type;

    public RequestAttribute(Class<T> type) {
        this.type = type;
    }

    T cast(Object value) {
        return type.cast(value);
    }
}
