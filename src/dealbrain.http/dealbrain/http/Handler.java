package dealbrain.http;

/** Returns the response to a request. An exception becomes a problem document. */
@FunctionalInterface
public interface Handler {
    Response handle(Request request);
}
