package dealbrain.transfer;

import dealbrain.accounts.User;
import dealbrain.collections.CollectionItem;
import dealbrain.collections.CollectionQuery;
import dealbrain.collections.DealCollection;
import dealbrain.collections.DealCollections;
import dealbrain.collections.ItemOrder;
import dealbrain.collections.ItemQuery;
import dealbrain.http.ProblemException;
import dealbrain.http.Response;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A collection on its way into a file. It is made a page at a time while it is sent, one statement each, so that a large one
 * needs no more memory than a page and the ids of what is written, and neither a connection nor a turn is held while the client
 * takes its time. Pages go by order key: an item that is there all along and stays where it is, is in the file once, whatever becomes
 * of others. One that is moved meanwhile, by itself or with a new order of all, is in the file at its old place or at its new one,
 * never at both; it is missed when it was moved from the part that is yet to be read to the part that is written.
 */
final class CollectionExport implements Response.Writer {
    /** A longer page makes for a faster export, but everybody else waits for a processor until it is written. */
    static final int PAGE = 50;

    /**
     * So many pages of exports are read and written out at once. Each has a processor in one go, as virtual threads are not
     * interrupted: fifty exports would else take processors and connections from everybody else.
     */
    private static final Semaphore TURNS =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);
    /** When others wait for it, a turn rests for so many times as long as it worked, and so takes a third of a processor. */
    private static final int REST = 2;

    private static final int FIRST_TURN_SECONDS = 3;
    private static final int NEXT_TURN_SECONDS = 30; // it has begun, and would be cut off

    /** What is made in a turn. */
    private interface Making<T, E extends Exception> {
        T make() throws E;
    }

    private final DealCollections collections;
    private final Optional<User> viewer;
    private final ExportFormat format;
    private final DealCollection first;
    private final Set<Long> written = new HashSet<>();

    /**
     * Reads the first page.
     *
     * @throws ProblemException not found; unavailable, when too many exports go on
     */
    CollectionExport(DealCollections collections, long id, Optional<User> viewer, ExportFormat format) {
        this.collections = collections;
        this.viewer = viewer;
        this.format = format;
        this.first = inTurn(FIRST_TURN_SECONDS, () -> collections.get(viewer, id, new CollectionQuery(PAGE, 0, null)));
    }

    private static <T, E extends Exception> T inTurn(int seconds, Making<T, E> making) throws E {
        try {
            if (!TURNS.tryAcquire(seconds, TimeUnit.SECONDS)) {
                throw ProblemException.unavailable(
                        "too many exports go on; try again in some seconds", Duration.ofSeconds(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProblemException.unavailable("the server is stopping", Duration.ofSeconds(5));
        }
        long start = System.nanoTime();
        try {
            return making.make();
        } finally {
            if (TURNS.hasQueuedThreads()) {
                LockSupport.parkNanos(REST * (System.nanoTime() - start));
            }
            TURNS.release();
        }
    }

    /** What to save it as. */
    String fileName() {
        return FileName.of(first.name(), format);
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        Writer text = new BufferedWriter(new OutputStreamWriter(page, StandardCharsets.UTF_8));
        ExportWriter file =
                format == ExportFormat.CSV ? new CsvExport(text, first.isOwnedBy(viewer)) : new JsonExport(text);
        Optional<String> next = inNextTurn(() -> {
            file.begin(first);
            return write(first.items() == null ? List.of() : first.items(), file, text);
        });
        send(page, out);
        while (next.isPresent()) {
            String cursor = next.get();
            next = inNextTurn(() -> write(after(cursor), file, text));
            send(page, out);
        }
    }

    private <T> T inNextTurn(Making<T, IOException> making) throws IOException {
        try {
            return inTurn(NEXT_TURN_SECONDS, making);
        } catch (ProblemException e) {
            throw new IOException(
                    "the export of collection " + first.id()
                            + " broke off: it was closed or deleted, or could not be read",
                    e);
        }
    }

    /** Returns the cursor behind what was written; empty at the end of the file. */
    private Optional<String> write(List<CollectionItem> items, ExportWriter file, Writer text) throws IOException {
        for (CollectionItem item : items) {
            if (written.add(item.id())) {
                file.item(item);
            }
        }
        boolean ends = items.size() < PAGE;
        if (ends) {
            file.end();
        }
        text.flush();
        return ends ? Optional.empty() : Optional.of(ItemOrder.POSITION.cursorAfter(items.getLast()));
    }

    private List<CollectionItem> after(String cursor) {
        return collections
                .items(viewer, first.id(), new ItemQuery(PAGE, 0, cursor, null, ItemOrder.POSITION))
                .items();
    }

    private static void send(ByteArrayOutputStream page, OutputStream out) throws IOException {
        page.writeTo(out);
        out.flush();
        page.reset();
    }
}
