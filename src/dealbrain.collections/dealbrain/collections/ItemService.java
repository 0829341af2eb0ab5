package dealbrain.collections;

import dealbrain.accounts.User;
import dealbrain.database.ConstraintViolation;
import dealbrain.database.Transactions;
import dealbrain.http.IfMatch;
import dealbrain.http.Problem.Mistake;
import dealbrain.http.ProblemException;
import dealbrain.http.ProblemType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Jdbi;

/**
 * The rules of what is in a collection. Each change holds the lock on the collection's row, so that positions stay distinct
 * and the count stays true however many change it at once. Safe for use by many threads.
 */
public final class ItemService {
    public static final ProblemType DUPLICATE_ITEM = ProblemType.conflict(
            "duplicate-item",
            "The listing is in the collection",
            "A collection has a listing once. Change the item that is there.");
    static final ProblemType ORDER_MISMATCH = ProblemType.conflict(
            "order-mismatch",
            "The order does not name every item once",
            "Somebody added or removed items, or an id is missing or named twice. Read the items anew, then order them.");

    /** So many halvings at one place are more than people do; then all keys are made short again. */
    private static final int LONGEST_KEY = 200;

    private final Jdbi jdbi;
    private final ItemDao dao;
    private final CollectionService collections;

    public ItemService(Jdbi jdbi, CollectionService collections) {
        this.jdbi = jdbi;
        this.dao = jdbi.onDemand(ItemDao.class);
        this.collections = collections;
    }

    /**
     * Puts a listing into a collection: last, or where the input says.
     *
     * @throws ProblemException not found, forbidden, duplicate item; invalid for an unknown listing
     */
    public CollectionItem add(User user, long collectionId, ItemInput input) {
        return Transactions.inTransaction(jdbi, () -> {
            collections.lockForWrite(user, collectionId);
            long id = ConstraintViolation.translate(
                            () -> insert(collectionId, input),
                            ConstraintViolation::isForeignKey,
                            _ -> unknown(input.listingId()))
                    .orElseThrow(() -> new ProblemException(
                            DUPLICATE_ITEM,
                            "listing " + input.listingId() + " is in collection " + collectionId + " already"));
            return get(collectionId, id, Optional.of(user));
        });
    }

    private Optional<Long> insert(long collectionId, ItemInput input) {
        if (input.position() == null || input.position() >= dao.end(collectionId)) {
            return dao.append(collectionId, input.listingId(), input.status(), input.notes());
        }
        int position = input.position();
        dao.makeRoom(collectionId, position);
        return dao.insert(
                collectionId,
                input.listingId(),
                input.status(),
                input.notes(),
                position,
                keyAt(collectionId, position));
    }

    private static ProblemException unknown(long listingId) {
        return ProblemException.invalid("/listing_id", "listing_id must be the id of a listing, was " + listingId);
    }

    private BigDecimal keyAt(long collectionId, int position) {
        BigDecimal key = dao.keyAt(collectionId, position);
        if (key.scale() <= LONGEST_KEY) {
            return key;
        }
        dao.shortenKeys(collectionId);
        return dao.keyAt(collectionId, position);
    }

    /**
     * Puts many listings last, in their order; those that are in the collection already are left where they are. A fixed
     * number of statements.
     *
     * @throws ProblemException not found, forbidden; invalid with the pointer of each unknown listing
     */
    public ItemsResult addAll(User user, long collectionId, List<Long> listingIds) {
        int added = ConstraintViolation.translate(
                () -> Transactions.inTransaction(jdbi, () -> {
                    collections.lockForWrite(user, collectionId);
                    return dao.appendAll(collectionId, listingIds);
                }),
                ConstraintViolation::isForeignKey,
                _ -> unknown(listingIds));
        return new ItemsResult(added, listingIds.size() - added);
    }

    private ProblemException unknown(List<Long> listingIds) {
        return ProblemException.invalid(dao.missing(listingIds).stream()
                .map(missing -> Mistake.at(
                        "/listing_ids/" + (missing.number() - 1),
                        "listing_ids must be ids of listings, one was " + missing.id()))
                .toList());
    }

    /**
     * An item with its listing. One statement.
     *
     * @throws ProblemException not found, also for an item of another collection, or of one that the viewer may not see
     */
    CollectionItem get(long collectionId, long itemId, Optional<User> viewer) {
        return dao.find(collectionId, itemId)
                .map(CollectionPage::collection)
                .filter(collection -> collection.isVisibleTo(viewer))
                .map(collection -> collection.seenBy(viewer).items())
                .map(List::getFirst)
                .orElseThrow(() -> noItem(itemId));
    }

    /**
     * Changes and moves an item.
     *
     * @throws ProblemException not found, also for an item of another collection; forbidden, precondition failed, or what {@code edit} throws
     */
    public CollectionItem update(
            User user, long collectionId, long itemId, IfMatch condition, UnaryOperator<ItemChange> edit) {
        return Transactions.inTransaction(jdbi, () -> {
            collections.lockForWrite(user, collectionId);
            CollectionItem stored = get(collectionId, itemId, Optional.of(user));
            condition.require(stored);
            ItemChange change = edit.apply(new ItemChange(
                    Objects.requireNonNull(stored.status(), "hidden from others only"),
                    stored.notes(),
                    stored.position()));
            dao.update(itemId, change.status(), change.notes());
            if (change.position() != stored.position()) {
                move(stored, change.position());
            }
            return get(collectionId, itemId, Optional.of(user));
        });
    }

    private void move(CollectionItem item, int wanted) {
        int to = Math.min(wanted, dao.end(item.collectionId()) - 1);
        dao.move(item.collectionId(), item.id(), item.position(), to);
        dao.setKey(item.id(), keyAt(item.collectionId(), to));
    }

    /**
     * Takes an item out; the others stay where they are.
     *
     * @throws ProblemException not found, also for an item of another collection; forbidden, precondition failed
     */
    public void remove(User user, long collectionId, long itemId, IfMatch condition) {
        Transactions.useTransaction(jdbi, () -> {
            collections.lockForWrite(user, collectionId);
            long version = dao.findVersion(collectionId, itemId).orElseThrow(() -> noItem(itemId));
            condition.require(() -> version);
            dao.delete(collectionId, itemId);
        });
    }

    /**
     * Puts all items into a new order. A fixed number of statements.
     *
     * @param condition what state of the collection the order is for
     * @throws ProblemException not found, forbidden, precondition failed; order mismatch when not every item is named once
     */
    public OrderResult reorder(User user, long collectionId, IfMatch condition, List<Long> itemIds) {
        return Transactions.inTransaction(jdbi, () -> {
            DealCollection stored = collections.lockForWrite(user, collectionId);
            condition.require(stored);
            boolean once = itemIds.stream().distinct().count() == itemIds.size();
            if (!once || stored.itemCount() != itemIds.size() || dao.reorder(collectionId, itemIds) != itemIds.size()) {
                throw new ProblemException(
                        ORDER_MISMATCH, "item_ids must name each of the " + stored.itemCount() + " items once");
            }
            return new OrderResult(itemIds.size());
        });
    }

    private static ProblemException noItem(long itemId) {
        return ProblemException.notFound("item", itemId);
    }
}
