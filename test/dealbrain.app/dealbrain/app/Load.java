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

/** Several clients who ask again and again until it is closed, and what they were answered. */
final class Load implements AutoCloseable {
    /** A request, with a token or null. */
    record Ask(
            String method,
            String path,
            @Nullable String json,
            @Nullable String token) {
        static Ask get(String path) {
            return new Ask("GET", path, null, null);
        }

        Ask as(Api user) {
            return new Ask(method, path, json, user.token());
        }
    }

    /** An answer; {@code status} 0 for none. Of those that are well the text is not kept. Times are of {@link System#nanoTime}. */
    record Answer(
            Ask ask, int status, String text, @Nullable HttpResponse<String> response, long due, long end) {
        boolean isWell() {
            return status >= 200 && status < 400;
        }

        double millis() {
            return (end - due) / 1e6;
        }

        String header(String name) {
            return response == null ? "" : response.headers().firstValue(name).orElse("");
        }
    }

    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;
    private final LongFunction<Ask> asks;
    private final long pause;
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    private Load(String url, LongFunction<Ask> asks, long pause) {
        this.url = url;
        this.asks = asks;
        this.pause = pause;
    }

    /** Each client asks as soon as it has the answer before. The asks get a number that counts up for each client. */
    static Load closed(Api api, int clients, LongFunction<Ask> asks) {
        return new Load(api.url(), asks, 0).begin(clients);
    }

    /** So many a second of all clients together, each timed from when it was due: a server that is behind shows it. */
    static Load open(Api api, int clients, double rate, LongFunction<Ask> asks) {
        return new Load(api.url(), asks, (long) (clients * 1e9 / rate)).begin(clients);
    }

    private Load begin(int clients) {
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
            answers.add(send(asks.apply(number), due));
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

    private Answer send(Ask ask, long due) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + ask.path()))
                .timeout(LONGEST)
                .method(
                        ask.method(),
                        ask.json() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(ask.json()));
        if (ask.json() != null) {
            request.header("Content-Type", "application/json");
        }
        if (ask.token() != null) {
            request.header("Authorization", "Bearer " + ask.token());
        }
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            boolean well = response.statusCode() < 400;
            return new Answer(
                    ask,
                    response.statusCode(),
                    well ? "" : response.body(),
                    well ? null : response,
                    due,
                    System.nanoTime());
        } catch (IOException e) {
            return new Answer(ask, 0, e.toString(), null, due, System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(ask, 0, e.toString(), null, due, System.nanoTime());
        }
    }

    List<Answer> answers() {
        return List.copyOf(answers);
    }

    /** The answers to what was asked from then on. */
    List<Answer> since(long nanoTime) {
        return answers(answer -> answer.due() - nanoTime >= 0);
    }

    List<Answer> answers(Predicate<Answer> which) {
        return answers.stream().filter(which).toList();
    }

    /** In milliseconds, the time that so many of hundred answers took at most. */
    static double percentile(List<Answer> answers, double percent) {
        double[] sorted = answers.stream().mapToDouble(Answer::millis).sorted().toArray();
        return sorted.length == 0
                ? Double.NaN
                : sorted[Math.min(sorted.length - 1, (int) (sorted.length * percent / 100))];
    }

    /** Lets the requests under way end. */
    @Override
    public void close() {
        closed = true;
        try {
            for (Thread thread : threads) {
                thread.join(LONGEST);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }
}
