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
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Jdbi;

/**
 * The rules of the items of a collection. Each change locks the row of the collection, so that positions stay
 * distinct and the item count stays correct under concurrent changes. Thread-safe.
 *
 * <p>The order of the items is stored twice. The {@code position} is what clients see and set: an integer, without
 * gaps until an item is deleted. Inserting or moving an item shifts the positions of others. The {@code order_key}
 * sorts in the same way, but changes only when the item itself is moved or all items are reordered. Cursors contain
 * the key, so a client that reads page by page neither misses nor repeats an item because other items were inserted,
 * moved or deleted.
 *
 * <p>The key is a decimal number of any length. An item that is placed between two others gets the mean of their
 * keys, which is exact and needs one digit more; at an end it gets the next integer. Repeated insertions at the same
 * place make keys longer. Past {@link #MAX_KEY_DIGITS} digits all keys of the collection are replaced by the
 * positions.
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

    /** The limit of digits after the decimal point; only this many insertions at one place reach it. */
    private static final int MAX_KEY_DIGITS = 200;

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
        return Transactions.inTransaction(jdbi, () -> {
            collections.lockOwned(owner, collectionId);
            long id = ConstraintViolation.translate(
                            () -> insert(collectionId, input),
                            ConstraintViolation::isForeignKey,
                            _ -> unknownListing(input.listingId()))
                    .orElseThrow(() -> new ProblemException(
                            DUPLICATE_ITEM,
                            "listing " + input.listingId() + " is in collection " + collectionId + " already"));
            return get(Optional.of(owner), collectionId, id);
        });
    }

    private Optional<Long> insert(long collectionId, ItemInput input) {
        if (input.position() == null || input.position() >= dao.endPosition(collectionId)) {
            return dao.append(collectionId, input.listingId(), input.status(), input.notes());
        }
        int position = input.position();
        dao.shiftFrom(collectionId, position);
        return dao.insert(
                collectionId,
                input.listingId(),
                input.status(),
                input.notes(),
                position,
                orderKeyAt(collectionId, position));
    }

    /** Returns an order key between those of the items before and after a position. */
    private BigDecimal orderKeyAt(long collectionId, int position) {
        BigDecimal key = dao.keyAt(collectionId, position);
        if (key.scale() <= MAX_KEY_DIGITS) {
            return key;
        }
        dao.shortenKeys(collectionId);
        return dao.keyAt(collectionId, position);
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
                    collections.lockOwned(owner, collectionId);
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
        return dao.find(collectionId, itemId)
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
        return Transactions.inTransaction(jdbi, () -> {
            collections.lockOwned(owner, collectionId);
            CollectionItem stored = get(Optional.of(owner), collectionId, itemId);
            condition.require(stored);
            ItemChange change = edit.apply(new ItemChange(
                    Objects.requireNonNull(stored.status(), "null for other viewers only"),
                    stored.notes(),
                    stored.position()));
            dao.update(itemId, change.status(), change.notes());
            if (change.position() != stored.position()) {
                move(stored, change.position());
            }
            return get(Optional.of(owner), collectionId, itemId);
        });
    }

    private void move(CollectionItem item, int position) {
        // A position after the end means the end.
        int to = Math.min(position, dao.endPosition(item.collectionId()) - 1);
        // The items between the old and the new place shift by one position and keep their keys.
        dao.move(item.collectionId(), item.id(), item.position(), to);
        // Only the moved item gets a new key, between its new neighbours.
        dao.setKey(item.id(), orderKeyAt(item.collectionId(), to));
    }

    /**
     * Deletes an item. The positions of the others do not change.
     *
     * @throws ProblemException not found, also for an item of another collection; forbidden, precondition failed
     */
    void delete(User owner, long collectionId, long itemId, IfMatch condition) {
        Transactions.useTransaction(jdbi, () -> {
            collections.lockOwned(owner, collectionId);
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

    private static ProblemException notFound(long itemId) {
        return ProblemException.notFound("item", itemId);
    }
}
