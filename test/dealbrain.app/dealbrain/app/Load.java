package dealbrain.app;

import dealbrain.testing.Api;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Several clients that send requests until this is closed, and the responses. */
final class Load implements AutoCloseable {
    /** @param token null for none */
    record Request(
            String method,
            String path,
            @Nullable String json,
            @Nullable String token) {
        static Request get(String path) {
            return new Request("GET", path, null, null);
        }

        Request as(Api user) {
            return new Request(method, path, json, user.token());
        }
    }

    /**
     * @param status 0 if there was no response
     * @param text   the body, or the exception; empty for a success
     * @param due    when the request was due, by {@link System#nanoTime}
     */
    record Response(
            Request request,
            int status,
            String text,
            @Nullable HttpResponse<String> http,
            long due,
            long end) {
        boolean isSuccess() {
            return status >= 200 && status < 400;
        }

        double millis() {
            return (end - due) / 1e6;
        }

        String header(String name) {
            return http == null ? "" : http.headers().firstValue(name).orElse("");
        }
    }

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;
    private final LongFunction<Request> requests;
    private final long pause;
    private final Queue<Response> responses = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    private Load(String url, LongFunction<Request> requests, long pause) {
        this.url = url;
        this.requests = requests;
        this.pause = pause;
    }

    /**
     * Starts clients that send each request as soon as they have the previous response. Requests of a client are
     * numbered.
     */
    static Load closed(Api api, int clients, LongFunction<Request> requests) {
        return new Load(api.url(), requests, 0).start(clients);
    }

    /**
     * Starts clients that together send {@code rate} requests per second. Response times are measured from when the
     * request was due, so that they include the delay of a slow server.
     */
    static Load open(Api api, int clients, double rate, LongFunction<Request> requests) {
        return new Load(api.url(), requests, (long) (clients * 1e9 / rate)).start(clients);
    }

    private Load start(int clients) {
        long start = System.nanoTime();
        for (int i = 0; i < clients; i++) {
            long first = start + pause * i / clients;
            int number = i;
            threads.add(Thread.ofVirtual().start(() -> work(first, number)));
        }
        return this;
    }

    private void work(long first, int client) {
        long due = first;
        for (long number = client; !closed; number++) {
            long now = System.nanoTime();
            if (pause == 0) {
                due = now;
            } else if (!sleep(due - now)) {
                return;
            }
            responses.add(send(requests.apply(number), due));
            due += pause;
        }
    }

    private static boolean sleep(long nanos) {
        try {
            Thread.sleep(Duration.ofNanos(Math.max(0, nanos)));
            return true;
        } catch (InterruptedException _) {
            return false;
        }
    }

    private Response send(Request request, long due) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(url + request.path()))
                .timeout(TIMEOUT)
                .header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:126.0) Gecko/20100101 Firefox/126.0")
                .method(
                        request.method(),
                        request.json() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(request.json()));
        if (request.json() != null) {
            builder.header("Content-Type", "application/json");
        }
        if (request.token() != null) {
            builder.header("Authorization", "Bearer " + request.token());
        }
        try {
            HttpResponse<String> http = client.send(builder.build(), BodyHandlers.ofString());
            boolean success = http.statusCode() < 400;
            return new Response(
                    request,
                    http.statusCode(),
                    success ? "" : http.body(),
                    success ? null : http,
                    due,
                    System.nanoTime());
        } catch (IOException e) {
            return new Response(request, 0, e.toString(), null, due, System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Response(request, 0, e.toString(), null, due, System.nanoTime());
        }
    }

    List<Response> responses() {
        return List.copyOf(responses);
    }

    /** Returns the responses to requests that were due at this time or later. */
    List<Response> since(long nanoTime) {
        return responses(response -> response.due() - nanoTime >= 0);
    }

    List<Response> responses(Predicate<Response> which) {
        return responses.stream().filter(which).toList();
    }

    /** Returns a percentile of the response times, in milliseconds. */
    static double percentile(List<Response> responses, double percent) {
        double[] sorted =
                responses.stream().mapToDouble(Response::millis).sorted().toArray();
        return sorted.length == 0
                ? Double.NaN
                : sorted[Math.min(sorted.length - 1, (int) (sorted.length * percent / 100))];
    }

    /** Waits for the active requests. */
    @Override
    public void close() {
        closed = true;
        try {
            for (Thread thread : threads) {
                thread.join(TIMEOUT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }
}
