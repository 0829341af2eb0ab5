package dealbrain.http;

/** Processes requests before their handlers: calls {@code next} once, or throws, or returns a response of its own. */
@FunctionalInterface
public interface Filter {
    Response filter(Request request, Handler next);

    /** Returns a handler that runs this filter before {@code next}. */
    default Handler before(Handler next) {
        return request -> filter(request, next);
    }
}
