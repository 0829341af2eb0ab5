package dealbrain.collections;

import dealbrain.accounts.User;
import dealbrain.http.ProblemException;
import dealbrain.http.Response;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A collection on its way into a file. It is read a page at a time while it is written, one statement each, so that a large one
 * needs no more memory than a page and the ids of what is written, and no connection is held while the client takes its time.
 * Pages go by order key: an item that is there all along and stays where it is, is in the file once, whatever becomes of others.
 * One that is moved meanwhile, by itself or with a new order of all, is in the file at its old place or at its new one, never at
 * both; it is missed when it was moved from the part that is yet to be read to the part that is written.
 */
public final class CollectionExport implements Response.Writer {
    static final int PAGE = 250;

    private final CollectionService collections;
    private final Optional<User> viewer;
    private final ExportFormat format;
    private final DealCollection first;
    private final Set<Long> written = new HashSet<>();

    /**
     * Reads the first page.
     *
     * @throws ProblemException not found
     */
    CollectionExport(CollectionService collections, long id, Optional<User> viewer, ExportFormat format) {
        this.collections = collections;
        this.viewer = viewer;
        this.format = format;
        this.first = collections.get(id, viewer, new CollectionQuery(PAGE, 0, null));
    }

    /** What to save it as. */
    String fileName() {
        return FileName.of(first.name(), format);
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        ExportWriter file = format == ExportFormat.CSV ? new CsvExport(text, first.isOwnedBy(viewer)) : new JsonExport(text);
        file.begin(first);
        List<CollectionItem> page = first.items() == null ? List.of() : first.items();
        while (!page.isEmpty()) {
            for (CollectionItem item : page) {
                if (written.add(item.id())) {
                    file.item(item);
                }
            }
            text.flush();
            page = page.size() < PAGE ? List.of() : after(page.getLast());
        }
        file.end();
        text.flush();
    }

    private List<CollectionItem> after(CollectionItem last) throws IOException {
        String cursor = ItemCursor.after(last, "position").text();
        try {
            return collections.items(first.id(), viewer, new ItemQuery(PAGE, 0, cursor, null, "position")).items();
        } catch (ProblemException e) {
            throw new IOException("collection " + first.id() + " was closed or deleted during its export", e);
        }
    }
}
