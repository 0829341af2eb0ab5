package dealbrain.transfer;

import dealbrain.accounts.User;
import dealbrain.collections.CollectionInput;
import dealbrain.collections.DealCollection;
import dealbrain.collections.DealCollections;
import dealbrain.collections.ItemStatus;
import dealbrain.collections.Visibility;
import dealbrain.database.UniqueKeys;
import dealbrain.http.ProblemException;
import dealbrain.http.ProblemType;
import dealbrain.json.InputError;
import dealbrain.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Imports the files that an export has written. Imports run one after the other, so that two files with the same
 * listing create it once. Thread-safe.
 */
final class ImportService {
    /** The columns of an item that the file contains. */
    private record ItemProperties(
            @Nullable ItemStatus status, @Nullable String notes) {}

    private final ImportTransaction transaction;
    private final ImportDao dao;
    private final UniqueKeys keys;
    private final DealCollections collections;
    private final ListingImport listings;

    ImportService(Jdbi jdbi, DealCollections collections, ListingImport listings) {
        this.transaction = new ImportTransaction(jdbi);
        this.dao = jdbi.onDemand(ImportDao.class);
        this.keys = jdbi.onDemand(UniqueKeys.class);
        this.collections = collections;
        this.listings = listings;
    }

    /**
     * Returns what {@link #create} would do, without changes. At most four statements.
     *
     * @param collectionId the collection to which the items would be appended; null for a new one
     * @throws ProblemException as {@link #create}
     */
    ImportReport check(User owner, CollectionFile file, @Nullable Long collectionId) {
        requireValid(file);
        String name = collectionId == null
                ? file.name()
                : existing(collectionId, () -> collections.getOwned(owner, collectionId))
                        .name();
        int matched = (int) listings.match(owner, file.listings()).stream()
                .filter(Objects::nonNull)
                .count();
        return new ImportReport(name, file.items().size(), matched, file.items().size() - matched);
    }

    /**
     * Creates a private collection from a file, and the listings and parts that do not exist, in one transaction. At
     * most 24 statements for any number of items.
     *
     * @param collectionId the collection to which the items are appended; null for a new one
     * @throws ProblemException invalid, with up to 100 errors; invalid or forbidden for a collection of another user
     */
    DealCollection create(User owner, CollectionFile file, @Nullable Long collectionId) {
        requireValid(file);
        return transaction.run(() -> {
            keys.lock();
            List<Long> ids = listings.findOrCreate(owner, file.listings());
            long id = collectionId == null
                    ? newCollection(owner, file)
                    : existing(collectionId, () -> collections.lockOwned(owner, collectionId))
                            .id();
            dao.insertItems(
                    id,
                    ids,
                    Json.text(file.items().stream()
                            .map(item -> new ItemProperties(item.status(), item.notes()))
                            .toList()));
            return collections.getOwned(owner, id);
        });
    }

    private long newCollection(User owner, CollectionFile file) {
        return collections
                .create(owner, new CollectionInput(file.name(), file.description(), Visibility.PRIVATE))
                .id();
    }

    /** Reads the collection of the query. It is a part of the input: if it does not exist, the input is invalid. */
    private static DealCollection existing(long collectionId, Supplier<DealCollection> read) {
        try {
            return read.get();
        } catch (ProblemException e) {
            if (e.type().equals(ProblemType.NOT_FOUND)) {
                throw ProblemException.invalid(List.of(InputError.in(
                        "collection_id",
                        "collection_id must be the id of one of your collections, was " + collectionId)));
            }
            throw e;
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
