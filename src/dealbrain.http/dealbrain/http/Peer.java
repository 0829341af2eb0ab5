package dealbrain.http;

import java.net.InetAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The other end of a connection: a client, or a proxy that forwards its requests.
 *
 * @param address   must be called before the response is written
 * @param forwarded the header {@code X-Forwarded-For}
 */
record Peer(
        Supplier<InetAddress> address,
        TrustedProxies proxies,
        @Nullable String forwarded) {
    /** Returns the address of the client: the one that trusted proxies report, else the one of the connection. */
    InetAddress client() {
        return proxies.client(address.get(), forwarded);
    }

    boolean isTrustedProxy() {
        return proxies.trusts(address.get());
    }
}
