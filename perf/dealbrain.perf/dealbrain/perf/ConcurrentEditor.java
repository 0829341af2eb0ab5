package dealbrain.perf;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Adds a listing to a collection and removes it again, repeatedly in a separate thread, until it is closed. */
final class ConcurrentEditor implements AutoCloseable {
    private static final int CREATED = 201;
    private static final int CONFLICT = 409; // the collection already has the listing

    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final ApiClient client;
    private final String items;
    private final String position;
    private final Thread thread;
    private volatile boolean closed;
    private int rounds;

    /** @param position where to insert the listing, as a JSON member after a comma; empty for the end */
    ConcurrentEditor(ApiClient client, DataSet.SizedCollection collection, String position) {
        this.client = client;
        this.items = collection.path() + "/items";
        this.position = position;
        this.thread = Thread.ofPlatform().name("concurrent-editor").start(this::run);
    }

    private void run() {
        try {
            while (!closed || rounds == 0) {
                String item = "{\"listing_id\": " + (1 + rounds % 100) + position + "}";
                ApiClient.Response added = client.send("POST", items, item);
                if (added.status() == CREATED) {
                    client.send("DELETE", items + "/" + added.json().get("id"), "", 204);
                } else if (added.status() != CONFLICT) {
                    throw new IOException("adding an item returned status " + added.status());
                }
                rounds++;
            }
        } catch (IOException | RuntimeException e) {
            failure.set(e);
        }
    }

    /** @throws IOException a request failed */
    @Override
    public void close() throws IOException {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
        if (failure.get() != null) {
            throw new IOException("changing the collection failed", failure.get());
        }
    }
}
