package dealbrain.collections;

import dealbrain.accounts.User;
import dealbrain.database.PagedRows;
import dealbrain.database.Transactions;
import dealbrain.http.IfMatch;
import dealbrain.http.PagedList;
import dealbrain.http.ProblemException;
import dealbrain.json.InputError;
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
        PagedRows<DealCollection> page = dao.search(new CollectionSearch(owner.id(), query));
        return new PagedList<>(page.rows(), page.total(), query.page());
    }

    /**
     * Returns a collection with one page of its items in their order, each with its listing and all eight relations.
     * Viewers other than the owner get the items without status and notes. One statement.
     *
     * @throws ProblemException not found, also if the collection is not public and {@code viewer} is not its owner;
     *                          forbidden, if {@code viewer} filters by status and is not the owner
     */
    DealCollection get(Optional<User> viewer, long id, CollectionQuery query) {
        return getSlice(viewer, id, query).collection();
    }

    /** Returns the same as {@link #get}, with the snapshot of the statement. */
    CollectionSlice getSlice(Optional<User> viewer, long id, CollectionQuery query) {
        return requireVisible(viewer, id, query.status(), dao.find(id, query.status(), query.limit(), query.offset()));
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
     * @throws ProblemException as {@link #get}; invalid for a cursor of another sort order, or with an offset
     */
    PagedList<CollectionItem> items(Optional<User> viewer, long id, ItemQuery query) {
        CollectionSlice slice =
                requireVisible(viewer, id, query.status(), dao.find(id, new ItemSearch(query, cursor(query))));
        List<CollectionItem> items = Objects.requireNonNull(slice.collection().items(), "the statement selects items");
        boolean more = items.size() > query.limit(); // the search selects one item more than the page has
        List<CollectionItem> page = more ? items.subList(0, query.limit()) : items;
        String next = more ? query.sort().cursorAfter(page.getLast()) : null;
        return new PagedList<>(page, slice.total(), query.page(), next);
    }

    private static @Nullable ItemCursor cursor(ItemQuery query) {
        if (query.cursor() == null) {
            return null;
        }
        if (query.offset() > 0) {
            throw ProblemException.invalid(List.of(
                    InputError.in("offset", "offset must be left out if there is a cursor, was " + query.offset())));
        }
        return ItemCursor.parse(query.cursor(), query.sort());
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
     * Deletes a collection with its items. Two statements.
     *
     * @throws ProblemException not found, forbidden, precondition failed
     */
    void delete(User owner, long id, IfMatch condition) {
        Transactions.useTransaction(jdbi, () -> {
            condition.require(lockOwned(owner, id));
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
     * Returns a collection of the user without its items. One statement.
     *
     * @throws ProblemException not found; forbidden, if the collection is public and belongs to another user
     */
    DealCollection getOwned(User owner, long id) {
        return requireOwned(owner, id, dao.find(id));
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
