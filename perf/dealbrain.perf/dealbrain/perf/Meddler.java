package dealbrain.perf;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Puts a listing into a collection and takes it out again, over and over, from a thread of its own until it is closed. */
final class Meddler implements AutoCloseable {
    private final AtomicReference<@Nullable Exception> fault = new AtomicReference<>();
    private final Client client;
    private final String items;
    private final String where;
    private final Thread thread;
    private volatile boolean closed;
    private int times;

    /** @param where the position to put it at, as JSON behind a comma; empty for the end */
    Meddler(Client client, DataSet.Sized collection, String where) {
        this.client = client;
        this.items = collection.path() + "/items";
        this.where = where;
        this.thread = Thread.ofPlatform().name("meddler").start(this::run);
    }

    private void run() {
        try {
            while (!closed || times == 0) {
                Client.Answer made = client.ask("POST", items, "{\"listing_id\": " + (1 + times % 100) + where + "}");
                if (made.status() == 201) {
                    client.ask("DELETE", items + "/" + made.json().get("id"), "", 204);
                } else if (made.status() != 409) { // one of the collection's own
                    throw new IOException("an item was answered by " + made.status());
                }
                times++;
            }
        } catch (IOException | RuntimeException e) {
            fault.set(e);
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IOException("told to stop", e);
        }
        if (fault.get() != null) {
            throw new IOException("changing the collection failed", fault.get());
        }
    }
}
