package dealbrain.collections;

import dealbrain.accounts.User;
import dealbrain.database.PagedRows;
import dealbrain.database.Transactions;
import dealbrain.http.IfMatch;
import dealbrain.http.Paged;
import dealbrain.http.Problem.Mistake;
import dealbrain.http.ProblemException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The rules of collections: who may see one, and what its owner may do with it. Safe for use by many threads. */
public final class CollectionService {
    private final Jdbi jdbi;
    private final CollectionDao dao;

    public CollectionService(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.dao = jdbi.onDemand(CollectionDao.class);
    }

    /** Makes an empty collection; {@code items} is null in what comes back. One statement. */
    public DealCollection create(User owner, CollectionInput input) {
        return dao.insert(owner.id(), input.name(), input.description(), input.visibility());
    }

    /** Where imported shares go: a private collection "My Deals", made when it is first asked for, and only once. One statement. */
    public DealCollection getOrCreateDefault(User owner) {
        return dao.insertDefault(owner.id(), "My Deals");
    }

    /** A user's own collections without their items, newest first. One statement. */
    public Paged<DealCollection> mine(User user, CollectionListQuery query) {
        PagedRows<DealCollection> found = dao.mine(new CollectionSearch(user.id(), query));
        return new Paged<>(found.rows(), found.total(), query.page());
    }

    /**
     * A collection with one page of its items in their order, each with its listing and all eight relations. One statement.
     * To others than its owner the items have neither status nor notes.
     *
     * @throws ProblemException not found, also when it is not public and the viewer is not its owner
     */
    public DealCollection get(long id, Optional<User> viewer, CollectionQuery query) {
        return read(id, viewer, query).collection();
    }

    /** A collection, and the snapshot in which it was read. */
    record Read(DealCollection collection, String snapshot) {}

    /** The same as {@link #get}, with the snapshot. */
    Read read(long id, Optional<User> viewer, CollectionQuery query) {
        CollectionPage found = dao.find(id, query.status(), query.limit(), query.offset())
                .filter(page -> page.collection().isVisibleTo(viewer))
                .orElseThrow(() -> ProblemException.notFound("collection", id));
        if (query.status() != null) {
            requireOwnerForStatus(found.collection(), viewer);
        }
        return new Read(found.collection().seenBy(viewer), found.snapshot());
    }

    /**
     * One page of the items of a collection, with where the next one begins. One statement.
     *
     * @throws ProblemException as {@link #get}; invalid for a cursor of another order, or beside an offset
     */
    Paged<CollectionItem> items(long id, Optional<User> viewer, ItemQuery query) {
        CollectionPage found = dao.find(id, new ItemSearch(query, cursor(query)))
                .filter(page -> page.collection().isVisibleTo(viewer))
                .orElseThrow(() -> ProblemException.notFound("collection", id));
        if (query.status() != null) {
            requireOwnerForStatus(found.collection(), viewer);
        }
        List<CollectionItem> items =
                Objects.requireNonNull(found.collection().seenBy(viewer).items(), "the statement selects items");
        boolean more = items.size() > query.limit();
        List<CollectionItem> page = more ? items.subList(0, query.limit()) : items;
        String next = more ? ItemCursor.after(page.getLast(), query.sort()).text() : null;
        return new Paged<>(page, found.total(), query.page(), next);
    }

    private static @Nullable ItemCursor cursor(ItemQuery query) {
        if (query.cursor() == null) {
            return null;
        }
        if (query.offset() > 0) {
            throw ProblemException.invalid(List.of(
                    Mistake.in("offset", "offset must be left out where there is a cursor, was " + query.offset())));
        }
        return ItemCursor.of(query.cursor(), query.sort());
    }

    /** Or others could read the status of each item by asking for it. */
    private static void requireOwnerForStatus(DealCollection collection, Optional<User> viewer) {
        if (!collection.isOwnedBy(viewer)) {
            throw ProblemException.forbidden("only its owner can filter collection " + collection.id() + " by status");
        }
    }

    /**
     * Changes a collection. Two statements.
     *
     * @throws ProblemException not found, forbidden, precondition failed, or what {@code edit} throws
     */
    public DealCollection update(User user, long id, IfMatch condition, UnaryOperator<CollectionInput> edit) {
        return Transactions.inTransaction(jdbi, () -> {
            DealCollection stored = lockForWrite(user, id);
            condition.require(stored);
            CollectionInput input = edit.apply(CollectionInput.of(stored));
            return dao.update(id, input.name(), input.description(), input.visibility());
        });
    }

    /**
     * Deletes a collection with its items.
     *
     * @throws ProblemException not found, forbidden, precondition failed
     */
    public void delete(User user, long id, IfMatch condition) {
        Transactions.useTransaction(jdbi, () -> {
            condition.require(lockForWrite(user, id));
            dao.delete(id);
        });
    }

    /**
     * Locks the row of a collection until the end of the transaction, which the caller must have begun: who changes it does so alone.
     *
     * @throws ProblemException not found; forbidden for a public collection of somebody else
     */
    public DealCollection lockForWrite(User user, long id) {
        return requireOwned(user, id, dao.lock(id));
    }

    /**
     * A collection of the user's own without its items. One statement.
     *
     * @throws ProblemException not found; forbidden for a public collection of somebody else
     */
    public DealCollection requireOwned(User user, long id) {
        return requireOwned(user, id, dao.find(id));
    }

    private static DealCollection requireOwned(User user, long id, Optional<DealCollection> found) {
        Optional<User> viewer = Optional.of(user);
        DealCollection stored = found.filter(collection -> collection.isVisibleTo(viewer))
                .orElseThrow(() -> ProblemException.notFound("collection", id));
        if (!stored.isOwnedBy(viewer)) {
            throw ProblemException.forbidden("collection " + id + " belongs to somebody else");
        }
        return stored;
    }
}
