package dealbrain.transfer;

import dealbrain.accounts.User;
import dealbrain.collections.CollectionItem;
import dealbrain.collections.DealCollection;
import dealbrain.collections.DealCollections;
import dealbrain.collections.ItemOrder;
import dealbrain.collections.ItemQuery;
import dealbrain.http.CountMode;
import dealbrain.http.ProblemException;
import dealbrain.http.Response;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

    private static final int FIRST_PAGE_SECONDS = 3;
    private static final int NEXT_PAGE_SECONDS = 30; // longer, because a timeout truncates a file that has been started

    private final DealCollections collections;
    private final Optional<User> viewer;
    private final ExportFormat format;
    private final DealCollection first;
    private final Set<Long> written = new HashSet<>();
    /** The cursor after the last item that was written. */
    private Optional<String> place = Optional.empty();

    /**
     * Reads the first page.
     *
     * @throws ProblemException not found; unavailable, if too many exports are running
     */
    CollectionExport(DealCollections collections, long id, Optional<User> viewer, ExportQuery query) {
        this.collections = collections;
        this.viewer = viewer;
        this.format = query.format();
        this.first = ExportSlots.run(FIRST_PAGE_SECONDS, () -> page(id, query.cursor()));
    }

    private DealCollection page(long id, @Nullable String cursor) {
        return collections.page(
                viewer, id, new ItemQuery(PAGE_SIZE, 0, cursor, null, ItemOrder.POSITION, CountMode.NONE));
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
            return write(first, file, text);
        });
        send(page, out);
        while (next.isPresent()) {
            String cursor = next.get();
            next = nextPage(() -> write(page(first.id(), cursor), file, text));
            send(page, out);
        }
    }

    private <T> T nextPage(ExportSlots.Task<T, IOException> task) throws IOException {
        try {
            return ExportSlots.run(NEXT_PAGE_SECONDS, task);
        } catch (ProblemException e) {
            throw new IOException(
                    "the export of collection " + first.id()
                            + " was cancelled: the collection could not be read any more",
                    e);
        }
    }

    /**
     * Writes the items of a page, and the end of the file after the last page or when the file is full. Returns the
     * cursor of the next page; empty after the end.
     */
    private Optional<String> write(DealCollection page, ExportWriter file, Writer text) throws IOException {
        List<CollectionItem> items = page.items() == null ? List.of() : page.items();
        for (CollectionItem item : items) {
            if (!written.contains(item.id()) && !file.item(item)) {
                return end(file, text, place);
            }
            written.add(item.id());
            place = Optional.of(collections.cursorAfter(page, item));
        }
        if (items.size() < PAGE_SIZE) {
            return end(file, text, Optional.empty());
        }
        text.flush();
        return place;
    }

    private static Optional<String> end(ExportWriter file, Writer text, Optional<String> next) throws IOException {
        file.end(next);
        text.flush();
        return Optional.empty();
    }

    private static void send(ByteArrayOutputStream page, OutputStream out) throws IOException {
        page.writeTo(out);
        out.flush();
        page.reset();
    }
}
