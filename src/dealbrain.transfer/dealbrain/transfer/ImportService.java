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
 * Imports the files that an export has written. Imports run one after the other, so that two files with the same
 * listing create it once. Imports of this instance wait before they acquire a connection. Thread-safe.
 */
final class ImportService {
    /** The columns of an item that the file contains. */
    private record ItemProperties(
            @Nullable ItemStatus status, @Nullable String notes) {}

    private final Jdbi jdbi;
    private final ImportDao dao;
    private final DealCollections collections;
    private final ListingImport listings;
    private final ReentrantLock lock = new ReentrantLock(true);

    ImportService(Jdbi jdbi, DealCollections collections, ListingImport listings) {
        this.jdbi = jdbi;
        this.dao = jdbi.onDemand(ImportDao.class);
        this.collections = collections;
        this.listings = listings;
    }

    /**
     * Returns what an import would do, without changes. One statement.
     *
     * @throws ProblemException invalid, with up to 100 errors
     */
    ImportReport check(User owner, CollectionFile file) {
        requireValid(file);
        int matched = (int) listings.match(owner, file.listings()).stream()
                .filter(Objects::nonNull)
                .count();
        return new ImportReport(
                file.name(), file.items().size(), matched, file.items().size() - matched);
    }

    /**
     * Creates a private collection from a file, and the listings and parts that do not exist, in one transaction. At
     * most 22 statements for any number of items.
     *
     * @throws ProblemException invalid, with up to 100 errors
     */
    DealCollection create(User owner, CollectionFile file) {
        requireValid(file);
        lock.lock();
        try {
            return ImportTransaction.run(jdbi, () -> {
                dao.lock();
                List<Long> ids = listings.findOrCreate(owner, file.listings());
                DealCollection created = collections.create(
                        owner, new CollectionInput(file.name(), file.description(), Visibility.PRIVATE));
                dao.insertItems(
                        created.id(),
                        ids,
                        Json.text(file.items().stream()
                                .map(item -> new ItemProperties(item.status(), item.notes()))
                                .toList()));
                return collections.getOwned(owner, created.id());
            });
        } finally {
            lock.unlock();
        }
    }

    private static void requireValid(CollectionFile file) {
        List<InputError> errors = new ArrayList<>();
        Map<List<String>, Integer> indexes = new HashMap<>();
        for (int i = 0; i < file.items().size(); i++) {
            PortableListing listing = file.items().get(i).listing();
            String pointer = "/items/" + i + "/listing";
            errors.addAll(listing.errors(pointer));
            if (listing.marketplace() != null && listing.vendorItemId() != null) {
                Integer earlier = indexes.putIfAbsent(List.of(listing.marketplace(), listing.vendorItemId()), i);
                if (earlier != null) {
                    errors.add(InputError.at(
                            pointer + "/vendor_item_id",
                            "vendor_item_id must be unique for each marketplace, is also in element " + earlier));
                }
            }
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors.subList(0, Math.min(errors.size(), 100)));
        }
    }
}
