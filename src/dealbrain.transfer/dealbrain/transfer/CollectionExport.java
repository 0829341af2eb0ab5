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
 * The body of an export. It reads and writes a collection page by page, with one statement for each page. Memory
 * holds one page and the ids of the written items. No connection and no slot is held while the client receives a
 * page.
 *
 * <p>Pages follow the order key. An item that is in the collection during the whole export and is not moved is
 * written exactly once, regardless of changes of other items. An item that is moved during the export, by itself or
 * by a reordering of all items, is written at most once, at its old or its new place. It is missing if it moves from
 * the unwritten part to the written part.
 */
final class CollectionExport implements Response.Writer {
    /** The number of items of a page. Longer pages make an export faster, but delay other requests. */
    static final int PAGE_SIZE = 50;

    /**
     * Limits how many exports read and write a page at the same time. A page occupies a processor without a break,
     * because virtual threads are not preempted: many exports would take all processors and connections from other
     * requests.
     */
    private static final Semaphore SLOTS =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    /**
     * While other exports wait, an export pauses for this multiple of its own run time before it releases its slot.
     * So a slot uses a third of a processor.
     */
    private static final int REST = 2;

    private static final int FIRST_PAGE_SECONDS = 3;
    private static final int NEXT_PAGE_SECONDS = 30; // longer, because a timeout truncates a file that has been started

    /** Work that needs a slot. */
    private interface PageTask<T, E extends Exception> {
        T run() throws E;
    }

    private final DealCollections collections;
    private final Optional<User> viewer;
    private final ExportFormat format;
    private final DealCollection first;
    private final Set<Long> written = new HashSet<>();

    /**
     * Reads the first page.
     *
     * @throws ProblemException not found; unavailable, if too many exports are running
     */
    CollectionExport(DealCollections collections, long id, Optional<User> viewer, ExportFormat format) {
        this.collections = collections;
        this.viewer = viewer;
        this.format = format;
        this.first = withSlot(
                FIRST_PAGE_SECONDS, () -> collections.get(viewer, id, new CollectionQuery(PAGE_SIZE, 0, null)));
    }

    private static <T, E extends Exception> T withSlot(int timeoutSeconds, PageTask<T, E> task) throws E {
        try {
            if (!SLOTS.tryAcquire(timeoutSeconds, TimeUnit.SECONDS)) {
                throw ProblemException.unavailable(
                        "too many exports are running; try again in a few seconds", Duration.ofSeconds(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProblemException.unavailable("the server is stopping", Duration.ofSeconds(5));
        }
        long start = System.nanoTime();
        try {
            return task.run();
        } finally {
            if (SLOTS.hasQueuedThreads()) {
                LockSupport.parkNanos(REST * (System.nanoTime() - start));
            }
            SLOTS.release();
        }
    }

    /** Returns the name for the downloaded file. */
    String fileName() {
        return FileName.of(first.name(), format);
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        Writer text = new BufferedWriter(new OutputStreamWriter(page, StandardCharsets.UTF_8));
        ExportWriter file =
                format == ExportFormat.CSV ? new CsvExport(text, first.isOwnedBy(viewer)) : new JsonExport(text);
        Optional<String> next = nextPage(() -> {
            file.begin(first);
            return write(first.items() == null ? List.of() : first.items(), file, text);
        });
        send(page, out);
        while (next.isPresent()) {
            String cursor = next.get();
            next = nextPage(() -> write(after(cursor), file, text));
            send(page, out);
        }
    }

    private <T> T nextPage(PageTask<T, IOException> task) throws IOException {
        try {
            return withSlot(NEXT_PAGE_SECONDS, task);
        } catch (ProblemException e) {
            throw new IOException(
                    "the export of collection " + first.id()
                            + " was cancelled: the collection could not be read any more",
                    e);
        }
    }

    /** Writes items. Returns the cursor of the page after them; empty at the end of the file. */
    private Optional<String> write(List<CollectionItem> items, ExportWriter file, Writer text) throws IOException {
        for (CollectionItem item : items) {
            if (written.add(item.id())) {
                file.item(item);
            }
        }
        boolean isLastPage = items.size() < PAGE_SIZE;
        if (isLastPage) {
            file.end();
        }
        text.flush();
        return isLastPage ? Optional.empty() : Optional.of(ItemOrder.POSITION.cursorAfter(items.getLast()));
    }

    private List<CollectionItem> after(String cursor) {
        return collections
                .items(viewer, first.id(), new ItemQuery(PAGE_SIZE, 0, cursor, null, ItemOrder.POSITION))
                .items();
    }

    private static void send(ByteArrayOutputStream page, OutputStream out) throws IOException {
        page.writeTo(out);
        out.flush();
        page.reset();
    }
}
