package dealbrain.http;

import java.io.IOException;

/**
 * Stands around each request, from when its head was read until its answer is written: outside of all filters, so that also
 * statements are within that run while an answer is streamed. It watches, and changes nothing.
 */
@FunctionalInterface
public interface ExchangeObserver {
    /** Answers the request, and says with what. */
    @FunctionalInterface
    interface Exchange {
        /**
         * Answers.
         *
         * @throws IOException when the client went away
         */
        ResponseSummary answer() throws IOException;
    }

    /** Lets the exchange happen once, and returns or throws what it does. */
    ResponseSummary observe(Request request, Exchange exchange) throws IOException;
}
