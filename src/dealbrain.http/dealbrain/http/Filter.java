package dealbrain.http;

/** Stands between the server and the handlers: calls {@code next} once, or throws, or answers by itself. */
@FunctionalInterface
public interface Filter {
    Response filter(Request request, Handler next);

    /** Puts this filter before a handler. */
    default Handler before(Handler next) {
        return request -> filter(request, next);
    }
}
