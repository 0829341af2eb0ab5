package dealbrain.http;

/** Answers a request. What it throws becomes a problem document. */
@FunctionalInterface
public interface Handler {
    Response handle(Request request);
}
