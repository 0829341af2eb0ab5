package dealbrain.http;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The options of {@link Server#start}. Immutable; each {@code with} method returns a copy.
 *
 * @param api             describes the API in the OpenAPI document
 * @param publicUrl       the address of the server for clients
 * @param corsOrigins     the origins whose pages may call the server
 * @param filters         the filters in the order of their calls, after CORS and before the handler
 * @param exceptionMapper returns the problem that an exception of a dependency means to the client, such as
 *                        {@link ProblemException#unavailable}; empty for a bug. Not called for {@link ProblemException}
 * @param observer        observes every request
 */
public record ServerOptions(
        ApiDescription api,
        PublicUrl publicUrl,
        List<String> corsOrigins,
        List<Filter> filters,
        Function<Throwable, Optional<ProblemException>> exceptionMapper,
        ExchangeObserver observer) {
    public ServerOptions {
        corsOrigins = List.copyOf(corsOrigins);
        filters = List.copyOf(filters);
    }

    /** Returns options without a public address, origins, filters, mapped exceptions and an observer. */
    public static ServerOptions of(ApiDescription api) {
        return new ServerOptions(
                api,
                PublicUrl.UNKNOWN,
                List.of(),
                List.of(),
                _ -> Optional.empty(),
                (_, exchange) -> exchange.process());
    }

    public ServerOptions withPublicUrl(PublicUrl url) {
        return new ServerOptions(api, url, corsOrigins, filters, exceptionMapper, observer);
    }

    public ServerOptions withCorsOrigins(List<String> origins) {
        return new ServerOptions(api, publicUrl, origins, filters, exceptionMapper, observer);
    }

    public ServerOptions withFilters(List<Filter> inOrder) {
        return new ServerOptions(api, publicUrl, corsOrigins, inOrder, exceptionMapper, observer);
    }

    public ServerOptions withExceptionMapper(Function<Throwable, Optional<ProblemException>> mapper) {
        return new ServerOptions(api, publicUrl, corsOrigins, filters, mapper, observer);
    }

    public ServerOptions withObserver(ExchangeObserver other) {
        return new ServerOptions(api, publicUrl, corsOrigins, filters, exceptionMapper, other);
    }
}
