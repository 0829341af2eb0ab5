package dealbrain.collections;

import dealbrain.accounts.User;
import dealbrain.database.PageRange;
import dealbrain.database.PagedRows;
import dealbrain.database.Transactions;
import dealbrain.http.IfMatch;
import dealbrain.http.ListCursors;
import dealbrain.http.PagedList;
import dealbrain.http.ProblemException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The rules of collections: who may read one, and what its owner may change. Thread-safe. */
final class CollectionService {
    private static final String DEFAULT_NAME = "My Deals";

    private final Jdbi jdbi;
    private final CollectionDao dao;

    CollectionService(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.dao = jdbi.onDemand(CollectionDao.class);
    }

    /** Creates an empty collection; {@code items} is null in the result. One statement. */
    DealCollection create(User owner, CollectionInput input) {
        return dao.insert(owner.id(), input.name(), input.description(), input.visibility());
    }

    /**
     * Returns the private collection "My Deals" of a user. The first call creates it, also if two run at once. One
     * statement.
     */
    DealCollection getOrCreateDefault(User owner) {
        return dao.insertDefault(owner.id(), DEFAULT_NAME);
    }

    /** Returns one page of a user's collections without their items, newest first. One statement. */
    PagedList<DealCollection> list(User owner, CollectionListQuery query) {
        ListCursors cursors = new ListCursors(query, "collections", owner.id());
        PagedRows<DealCollection> found = dao.search(
                new CollectionSearch(owner.id(), query, cursors.startOfNewest()),
                new PageRange(query.limit(), query.offset(), query.count().maxRows()));
        return PagedList.of(
                query,
                found.rows(),
                found.counted(),
                found.next(collection -> cursors.after(collection.createdAt(), collection.id())));
    }

    /**
     * Returns a collection with one page of its items in their order, each with its listing and all eight relations.
     * Viewers other than the owner get the items without status and notes. One statement.
     *
     * @throws ProblemException not found, also if the collection is not public and {@code viewer} is not its owner;
     *                          forbidden, if {@code viewer} filters by status and is not the owner
     */
    DealCollection get(Optional<User> viewer, long id, CollectionQuery query) {
        return getSlice(jdbi, viewer, id, query).collection();
    }

    /** Returns the same as {@link #get}, with the snapshot of the statement, from the primary or a standby. */
    static CollectionSlice getSlice(Jdbi database, Optional<User> viewer, long id, CollectionQuery query) {
        Optional<CollectionSlice> found = database.onDemand(CollectionDao.class)
                .find(idOf(viewer), id, query.status(), query.limit(), query.offset());
        return requireVisible(viewer, id, query.status(), found);
    }

    /** Returns the id of a viewer; null for one without an account. */
    static @Nullable Long idOf(Optional<User> viewer) {
        return viewer.map(User::id).orElse(null);
    }

    private static CollectionSlice requireVisible(
            Optional<User> viewer, long id, @Nullable ItemStatus filter, Optional<CollectionSlice> stored) {
        CollectionSlice slice = stored.filter(result -> result.collection().isVisibleTo(viewer))
                .orElseThrow(() -> ProblemException.notFound("collection", id));
        if (filter != null && !slice.collection().isOwnedBy(viewer)) { // the filter would reveal each item's status
            throw ProblemException.forbidden("only the owner of collection " + id + " can filter its items by status");
        }
        return slice.forViewer(viewer);
    }

    /**
     * Returns one page of the items of a collection, with the cursor of the next page. One statement.
     *
     * @throws ProblemException as {@link #get}; invalid for a cursor of another list, with an offset, or too old
     */
    PagedList<CollectionItem> items(Optional<User> viewer, long id, ItemQuery query) {
        ListCursors cursors = ItemCursor.of(id, query);
        CollectionSlice slice = search(viewer, id, query, cursors);
        List<CollectionItem> items = Objects.requireNonNull(slice.collection().items(), "the statement selects items");
        boolean more = items.size() > query.limit(); // the search selects one item more than the page has
        List<CollectionItem> page = more ? items.subList(0, query.limit()) : items;
        String next = more ? ItemCursor.after(page.getLast(), slice.collection(), cursors, query.sort()) : null;
        return PagedList.of(query, page, slice.total(), next);
    }

    /**
     * Returns a collection with one page of its items, as {@link #items} does. One statement.
     *
     * @throws ProblemException as {@link #items}
     */
    DealCollection page(Optional<User> viewer, long id, ItemQuery query) {
        DealCollection found =
                search(viewer, id, query, ItemCursor.of(id, query)).collection();
        return found.withItems(Objects.requireNonNull(found.items(), "the statement selects items").stream()
                .limit(query.limit())
                .toList());
    }

    /** Returns one item more than the page has, if there is one. */
    private CollectionSlice search(Optional<User> viewer, long id, ItemQuery query, ListCursors cursors) {
        Optional<ItemCursor> cursor = ItemCursor.of(cursors, query.sort());
        ItemSearch search = new ItemSearch(query, cursor.orElse(null));
        CollectionSlice slice = requireVisible(viewer, id, query.status(), dao.find(idOf(viewer), id, search));
        if (query.sort() == ItemOrder.POSITION && cursor.isPresent()) {
            requireKnownPlace(slice.collection(), cursor.get());
        }
        return slice;
    }

    /** Rejects a cursor of a generation whose keys were deleted. One statement for an old cursor, else none. */
    private void requireKnownPlace(DealCollection collection, ItemCursor cursor) {
        if (cursor.generation() != collection.keyGeneration()
                && !dao.hasFormerKeys(collection.id(), cursor.generation())) {
            throw ItemCursor.expired();
        }
    }

    /**
     * Changes a collection. Two statements.
     *
     * @throws ProblemException not found, forbidden, precondition failed, or what {@code edit} throws
     */
    DealCollection update(User owner, long id, IfMatch condition, UnaryOperator<CollectionInput> edit) {
        return Transactions.inTransaction(jdbi, () -> {
            DealCollection stored = lockOwned(owner, id);
            condition.require(stored);
            CollectionInput input = edit.apply(CollectionInput.of(stored));
            return dao.update(id, input.name(), input.description(), input.visibility());
        });
    }

    /**
     * Deletes a collection with its items, and the listings without an owner that no other collection contains. Two
     * statements.
     *
     * @throws ProblemException not found, forbidden, precondition failed
     */
    void delete(User owner, long id, IfMatch condition) {
        Transactions.useTransaction(jdbi, () -> {
            condition.require(requireOwned(owner, id, dao.lockToDelete(id)));
            dao.delete(id);
        });
    }

    /**
     * Locks the row of a collection until the end of the caller's transaction, and returns the collection without its
     * items. Changes of a collection and its items take this lock, so they run one after the other. One statement.
     *
     * @throws ProblemException as {@link #getOwned}
     */
    DealCollection lockOwned(User owner, long id) {
        return requireOwned(owner, id, dao.lock(id));
    }

    /**
     * Locks the row of a collection as {@link #lockOwned(User, long)} does, for a change that adds listings to it. The
     * listings are locked first, against deletion: a deletion locks its listing first, too, and so neither can wait
     * for the other. One statement.
     *
     * @throws ProblemException as {@link #getOwned}
     */
    DealCollection lockOwned(User owner, long id, List<Long> listingIds) {
        return requireOwned(owner, id, dao.lock(id, listingIds));
    }

    /**
     * Locks the row of a collection as {@link #lockOwned(User, long)} does, for the deletion of an item. One statement.
     *
     * @throws ProblemException as {@link #getOwned}
     */
    void lockOwnedToDelete(User owner, long id, long itemId) {
        requireOwned(owner, id, dao.lockToDelete(id, itemId));
    }

    /**
     * Returns a collection of the user without its items. One statement.
     *
     * @throws ProblemException not found; forbidden, if the collection is public and belongs to another user
     */
    DealCollection getOwned(User owner, long id) {
        return requireOwned(owner, id, dao.find(id));
    }

    /** Adds the words of collections that were written without; returns their number. */
    int fillWords() {
        return CollectionDao.WORDS.fill(jdbi);
    }

    private static DealCollection requireOwned(User user, long id, Optional<DealCollection> collection) {
        Optional<User> viewer = Optional.of(user);
        DealCollection stored = collection
                .filter(result -> result.isVisibleTo(viewer))
                .orElseThrow(() -> ProblemException.notFound("collection", id));
        if (!stored.isOwnedBy(viewer)) {
            throw ProblemException.forbidden("collection " + id + " belongs to another user");
        }
        return stored;
    }
}
