package dealbrain.collections;

import dealbrain.accounts.User;
import dealbrain.database.ConstraintViolation;
import dealbrain.database.Transactions;
import dealbrain.http.IfMatch;
import dealbrain.http.ProblemException;
import dealbrain.http.ProblemType;
import dealbrain.json.InputError;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Jdbi;

/**
 * The rules of the items of a collection. Each change locks the row of the collection, so that positions stay
 * distinct and the item count stays correct under concurrent changes. Thread-safe.
 *
 * <p>The order of the items is stored twice. The {@code position} is what clients see and set: an integer without
 * gaps. Inserting, moving or deleting an item shifts the positions of others; a deletion only stores the gap, see
 * {@link ItemDao}. The {@code order_key} sorts in the same way, but changes only when the item itself is moved. Cursors
 * contain the key, so a client that reads page by page neither misses nor repeats an item because other items were
 * inserted, moved or deleted.
 *
 * <p>Repeated insertions at the same place make keys longer. When a key would be {@linkplain OrderKey#isTooLong too
 * long}, all keys of the collection are replaced by the positions, in a transaction of its own. That starts a new
 * generation of keys; the former ones are stored, for cursors that contain them, until the item is moved or deleted.
 */
final class ItemService {
    static final ProblemType DUPLICATE_ITEM = ProblemType.conflict(
            "duplicate-item",
            "The listing is in the collection already",
            "A collection contains each listing at most once. Change the existing item instead.");
    static final ProblemType ORDER_MISMATCH = ProblemType.conflict(
            "order-mismatch",
            "The order does not contain each item exactly once",
            "An item was added or removed in the meantime, or an id is missing or repeated. Read the items again, then "
                    + "reorder them.");

    private final Jdbi jdbi;
    private final ItemDao dao;
    private final CollectionService collections;

    ItemService(Jdbi jdbi, CollectionService collections) {
        this.jdbi = jdbi;
        this.dao = jdbi.onDemand(ItemDao.class);
        this.collections = collections;
    }

    /**
     * Adds a listing to a collection: at the position of the input, or at the end.
     *
     * @throws ProblemException not found, forbidden, duplicate item; invalid for an unknown listing
     */
    CollectionItem add(User owner, long collectionId, ItemInput input) {
        return withShortKeys(owner, collectionId, () -> {
            DealCollection stored = collections.lockOwned(owner, collectionId, List.of(input.listingId()));
            long id = ConstraintViolation.translate(
                            () -> insert(stored, input),
                            ConstraintViolation::isForeignKey,
                            _ -> unknownListing(input.listingId()))
                    .orElseThrow(() -> new ProblemException(
                            DUPLICATE_ITEM,
                            "listing " + input.listingId() + " is in collection " + collectionId + " already"));
            return get(Optional.of(owner), collectionId, id);
        });
    }

    private Optional<Long> insert(DealCollection collection, ItemInput input) {
        if (input.position() == null || input.position() >= collection.itemCount()) {
            return dao.append(collection.id(), input.listingId(), input.status(), input.notes());
        }
        ItemDao.Place place = dao.place(collection.id(), input.position());
        BigDecimal orderKey = orderKey(place);
        int position = place.storedPosition();
        dao.shiftFrom(collection.id(), position);
        return dao.insert(collection.id(), input.listingId(), input.status(), input.notes(), position, orderKey);
    }

    /** Thrown before the first change of a transaction that needs a key that is too long. */
    private static final class LongKeyException extends RuntimeException {
        private static final long serialVersionUID = 1;

        LongKeyException() {
            super(null, null, false, false);
        }
    }

    /** Returns an order key between those of the items around a place. */
    private static BigDecimal orderKey(ItemDao.Place place) {
        BigDecimal key = OrderKey.between(place.before(), place.behind());
        if (OrderKey.isTooLong(key)) {
            throw new LongKeyException();
        }
        return key;
    }

    /**
     * Runs a change in a transaction. If it needs a key that is too long, replaces the keys in a transaction of its own
     * and runs it again: one transaction for both would update items twice, see {@link ItemDao#move}.
     */
    private <T> T withShortKeys(User owner, long collectionId, Supplier<T> change) {
        while (true) {
            try {
                return Transactions.inTransaction(jdbi, change);
            } catch (LongKeyException _) {
                Transactions.useTransaction(jdbi, () -> {
                    int generation = collections.lockOwned(owner, collectionId).keyGeneration();
                    dao.startGeneration(collectionId);
                    dao.storeKeys(collectionId, generation);
                    dao.shortenKeys(collectionId);
                });
            }
        }
    }

    private static ProblemException unknownListing(long listingId) {
        return ProblemException.invalid("/listing_id", "listing_id must be the id of a listing, was " + listingId);
    }

    /**
     * Appends listings to a collection in the given order. Listings that the collection contains already stay where
     * they are. Returns the number of added listings. A fixed number of statements.
     *
     * @throws ProblemException not found, forbidden; invalid with a pointer to each unknown listing
     */
    int addAll(User owner, long collectionId, List<Long> listingIds) {
        return ConstraintViolation.translate(
                () -> Transactions.inTransaction(jdbi, () -> {
                    collections.lockOwned(owner, collectionId, listingIds);
                    return dao.appendAll(collectionId, listingIds);
                }),
                ConstraintViolation::isForeignKey,
                _ -> unknownListings(listingIds));
    }

    private ProblemException unknownListings(List<Long> listingIds) {
        return ProblemException.invalid(dao.findUnknown(listingIds).stream()
                .map(unknown -> InputError.at(
                        "/listing_ids/" + (unknown.number() - 1),
                        "listing_ids must be ids of listings, one was " + unknown.id()))
                .toList());
    }

    /**
     * Returns an item with its listing. One statement.
     *
     * @throws ProblemException not found, also for an item of another collection, or if {@code viewer} may not read
     *                          the collection
     */
    CollectionItem get(Optional<User> viewer, long collectionId, long itemId) {
        return dao.find(CollectionService.idOf(viewer), collectionId, itemId)
                .map(CollectionSlice::collection)
                .filter(collection -> collection.isVisibleTo(viewer))
                .map(collection -> collection.forViewer(viewer).items())
                .map(List::getFirst)
                .orElseThrow(() -> notFound(itemId));
    }

    /**
     * Changes an item, and moves it if its position changes.
     *
     * @throws ProblemException not found, also for an item of another collection; forbidden, precondition failed, or
     *                          what {@code edit} throws
     */
    CollectionItem update(
            User owner, long collectionId, long itemId, IfMatch condition, UnaryOperator<ItemChange> edit) {
        return withShortKeys(owner, collectionId, () -> {
            DealCollection collection = collections.lockOwned(owner, collectionId);
            CollectionItem stored = get(Optional.of(owner), collectionId, itemId);
            condition.require(stored);
            ItemChange change = edit.apply(new ItemChange(
                    Objects.requireNonNull(stored.status(), "null for other viewers only"),
                    stored.notes(),
                    stored.position()));
            int last = collection.itemCount() - 1;
            int to = Math.min(change.position(), last); // a position after the end means the end
            if (change.position() == stored.position() || to == stored.position()) {
                dao.update(itemId, change.status(), change.notes());
            } else {
                move(stored, to, change);
            }
            return get(Optional.of(owner), collectionId, itemId);
        });
    }

    /** The items between the old and the new place shift by one position and keep their keys. */
    private void move(CollectionItem item, int to, ItemChange change) {
        int from = item.position();
        BigDecimal orderKey = orderKey(dao.place(item.collectionId(), to > from ? to + 1 : to));
        dao.move(item.collectionId(), item.id(), from, to, orderKey, change.status(), change.notes());
    }

    /**
     * Deletes an item. The positions after it decrease by one. A listing without an owner is deleted with its last
     * item.
     *
     * @throws ProblemException not found, also for an item of another collection; forbidden, precondition failed
     */
    void delete(User owner, long collectionId, long itemId, IfMatch condition) {
        Transactions.useTransaction(jdbi, () -> {
            collections.lockOwnedToDelete(owner, collectionId, itemId);
            long version = dao.findVersion(collectionId, itemId).orElseThrow(() -> notFound(itemId));
            condition.require(() -> version);
            dao.delete(collectionId, itemId);
        });
    }

    /**
     * Reorders all items. A fixed number of statements.
     *
     * @param condition the state of the collection that the client has read
     * @throws ProblemException not found, forbidden, precondition failed; order mismatch, if {@code itemIds} does not
     *                          contain each item exactly once
     */
    void reorder(User owner, long collectionId, IfMatch condition, List<Long> itemIds) {
        Transactions.useTransaction(jdbi, () -> {
            DealCollection stored = collections.lockOwned(owner, collectionId);
            condition.require(stored);
            boolean distinct = itemIds.stream().distinct().count() == itemIds.size();
            if (!distinct
                    || stored.itemCount() != itemIds.size()
                    || dao.reorder(collectionId, itemIds) != itemIds.size()) {
                throw new ProblemException(
                        ORDER_MISMATCH,
                        "item_ids must contain the id of each of the " + stored.itemCount() + " items exactly once");
            }
        });
    }

    int deleteFormerKeys(int days, int batch) {
        return dao.deleteFormerKeys(days, batch);
    }

    private static ProblemException notFound(long itemId) {
        return ProblemException.notFound("item", itemId);
    }
}
