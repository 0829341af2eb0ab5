package dealbrain.http;

import java.io.IOException;

/**
 * Observes each request, from the time its head was read until its response is written. It runs outside all filters, so
 * that work done while a response is streamed is observed too. It must not change the exchange.
 */
@FunctionalInterface
public interface ExchangeObserver {
    /** Processes one request. */
    @FunctionalInterface
    interface Exchange {
        /**
         * Processes the request and writes the response.
         *
         * @throws IOException the client disconnected
         */
        ResponseSummary process() throws IOException;
    }

    /** Calls {@link Exchange#process} once, and returns or throws the same. */
    ResponseSummary observe(Request request, Exchange exchange) throws IOException;
}
