package dealbrain.transfer;

import dealbrain.accounts.User;
import dealbrain.csv.CsvWriter;
import dealbrain.http.ProblemException;
import dealbrain.http.Response;
import dealbrain.listings.Listing;
import dealbrain.listings.Listings;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of an export of all listings of a user as CSV, in the order of their ids. It reads and writes them page by
 * page, with one statement for each page. No connection is held while the client receives a page.
 */
final class ListingExport implements Response.Writer {
    static final int PAGE_SIZE = 50;

    private static final int FIRST_PAGE_SECONDS = 3;
    private static final int NEXT_PAGE_SECONDS = 30; // longer, because a timeout truncates a file that has been started

    private final Listings listings;
    private final User owner;
    private final List<Listing> first;

    /**
     * Reads the first page.
     *
     * @throws ProblemException unavailable, if too many exports are running
     */
    ListingExport(Listings listings, User owner) {
        this.listings = listings;
        this.owner = owner;
        this.first = ExportSlots.run(FIRST_PAGE_SECONDS, () -> listings.ownAfter(owner, 0, PAGE_SIZE));
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        ByteArrayOutputStream buffer = new ByteArrayOutputStream();
        Writer text = new BufferedWriter(new OutputStreamWriter(buffer, StandardCharsets.UTF_8));
        CsvWriter csv = new CsvWriter(text);
        csv.begin();
        csv.row(ListingColumn.ALL.stream().map(ListingColumn::name).toList());
        List<Listing> page = first;
        write(page, csv, text);
        send(buffer, out);
        while (page.size() == PAGE_SIZE) {
            long last = page.getLast().id();
            page = nextPage(() -> {
                List<Listing> next = listings.ownAfter(owner, last, PAGE_SIZE);
                write(next, csv, text);
                return next;
            });
            send(buffer, out);
        }
    }

    private static List<Listing> nextPage(ExportSlots.Task<List<Listing>, IOException> task) throws IOException {
        try {
            return ExportSlots.run(NEXT_PAGE_SECONDS, task);
        } catch (ProblemException e) {
            throw new IOException("the export of listings was cancelled: too many exports are running", e);
        }
    }

    private static void write(List<Listing> page, CsvWriter csv, Writer text) throws IOException {
        for (Listing listing : page) {
            List<@Nullable Object> cells = new ArrayList<>();
            ListingColumn.ALL.forEach(column -> cells.add(column.value().apply(listing)));
            csv.row(cells);
        }
        text.flush();
    }

    private static void send(ByteArrayOutputStream buffer, OutputStream out) throws IOException {
        buffer.writeTo(out);
        out.flush();
        buffer.reset();
    }
}
