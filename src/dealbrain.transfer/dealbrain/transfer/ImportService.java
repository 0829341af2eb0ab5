package dealbrain.transfer;

import dealbrain.accounts.User;
import dealbrain.collections.CollectionInput;
import dealbrain.collections.DealCollection;
import dealbrain.collections.DealCollections;
import dealbrain.collections.ItemStatus;
import dealbrain.collections.Visibility;
import dealbrain.http.ProblemException;
import dealbrain.json.InputError;
import dealbrain.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Takes in the files that an export gives. Imports take turns, so that two files with the same listing make it once; those of this
 * server queue before they take a connection. Safe for use by many threads.
 */
final class ImportService {
    /** What the owner thinks of an item. */
    private record Opinion(
            @Nullable ItemStatus status, @Nullable String notes) {}

    private final Jdbi jdbi;
    private final ImportDao dao;
    private final DealCollections collections;
    private final ListingImport listings;
    private final ReentrantLock turn = new ReentrantLock(true);

    public ImportService(Jdbi jdbi, DealCollections collections, ListingImport listings) {
        this.jdbi = jdbi;
        this.dao = jdbi.onDemand(ImportDao.class);
        this.collections = collections;
        this.listings = listings;
    }

    /**
     * Says what an import would do, and does nothing. One statement.
     *
     * @throws ProblemException invalid, with every mistake
     */
    public ImportReport check(User owner, CollectionFile file) {
        requireValid(file);
        int matched = (int) listings.match(owner, file.listings()).stream()
                .filter(Objects::nonNull)
                .count();
        return new ImportReport(
                file.name(), file.items().size(), matched, file.items().size() - matched);
    }

    /**
     * Makes a private collection of a file, with the listings that are not known here yet, and their parts: all or nothing. At most
     * 22 statements for any number of items.
     *
     * @throws ProblemException invalid, with every mistake
     */
    public DealCollection create(User owner, CollectionFile file) {
        requireValid(file);
        turn.lock();
        try {
            return Attempts.inTransaction(jdbi, () -> {
                dao.takeTurn();
                List<Long> ids = listings.findOrCreate(owner, file.listings());
                DealCollection made = collections.create(
                        owner, new CollectionInput(file.name(), file.description(), Visibility.PRIVATE));
                dao.insertItems(
                        made.id(),
                        ids,
                        Json.text(file.items().stream()
                                .map(item -> new Opinion(item.status(), item.notes()))
                                .toList()));
                return collections.getOwned(owner, made.id());
            });
        } finally {
            turn.unlock();
        }
    }

    private static void requireValid(CollectionFile file) {
        List<InputError> errors = new ArrayList<>();
        Map<List<String>, Integer> known = new HashMap<>();
        for (int i = 0; i < file.items().size(); i++) {
            PortableListing listing = file.items().get(i).listing();
            String pointer = "/items/" + i + "/listing";
            errors.addAll(listing.errors(pointer));
            if (listing.marketplace() != null && listing.vendorItemId() != null) {
                Integer earlier = known.putIfAbsent(List.of(listing.marketplace(), listing.vendorItemId()), i);
                if (earlier != null) {
                    errors.add(InputError.at(
                            pointer + "/vendor_item_id",
                            "vendor_item_id must be there once for each marketplace, is in element " + earlier
                                    + " too"));
                }
            }
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors.subList(0, Math.min(errors.size(), 100)));
        }
    }
}
