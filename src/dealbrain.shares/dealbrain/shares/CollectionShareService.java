package dealbrain.shares;

import dealbrain.accounts.User;
import dealbrain.collections.DealCollection;
import dealbrain.collections.DealCollections;
import dealbrain.collections.PublicCollectionQuery;
import dealbrain.collections.Visibility;
import dealbrain.database.PageRange;
import dealbrain.database.PagedRows;
import dealbrain.database.Transactions;
import dealbrain.http.ListCursors;
import dealbrain.http.PageQuery;
import dealbrain.http.PagedList;
import dealbrain.http.ProblemException;
import dealbrain.http.ProblemType;
import dealbrain.http.PublicUrl;
import dealbrain.notifications.NotificationType;
import dealbrain.notifications.Notifications;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The rules of public links to collections. Only the owner creates them, and only for a collection that is unlisted
 * or public. Making a collection private deletes its links for good, in the same transaction. Thread-safe.
 */
final class CollectionShareService {
    static final ProblemType COLLECTION_PRIVATE = ProblemType.conflict(
            "collection-private",
            "The collection is private",
            "A private collection cannot have links. Make it unlisted or public first.");

    private final Jdbi jdbi;
    private final CollectionShareDao dao;
    private final DealCollections collections;
    private final Notifications notifications;
    private final PublicUrl publicUrl;

    CollectionShareService(Jdbi jdbi, DealCollections collections, Notifications notifications, PublicUrl publicUrl) {
        this.jdbi = jdbi;
        this.dao = jdbi.onDemand(CollectionShareDao.class);
        this.collections = collections;
        this.notifications = notifications;
        this.publicUrl = publicUrl;
    }

    /**
     * Creates a link.
     *
     * @throws ProblemException not found, forbidden, collection private
     */
    CollectionShare create(User owner, long collectionId, ShareInput input) {
        return Transactions.inTransaction(jdbi, () -> {
            if (collections.lockOwned(owner, collectionId).visibility() == Visibility.PRIVATE) {
                throw new ProblemException(
                        COLLECTION_PRIVATE,
                        "collection " + collectionId + " is private; make it unlisted or public first");
            }
            return withUrl(dao.insert(collectionId, ShareToken.next(), input.days()));
        });
    }

    /**
     * Returns one page of the links to a collection, newest first. Two statements.
     *
     * @throws ProblemException not found, forbidden
     */
    PagedList<CollectionShare> list(User owner, long collectionId, PageQuery query) {
        ListCursors cursors = new ListCursors(query, "collection shares", collectionId);
        long beforeId = cursors.startOfHighest();
        collections.getOwned(owner, collectionId);
        PagedRows<CollectionShare> found = dao.list(
                collectionId,
                beforeId,
                new PageRange(query.limit(), query.offset(), query.count().maxRows()));
        return PagedList.of(
                query,
                found.rows().stream().map(this::withUrl).toList(),
                found.counted(),
                found.next(share -> cursors.after(share.id())));
    }

    /**
     * Revokes a link. The next request for it fails.
     *
     * @throws ProblemException not found, forbidden
     */
    void delete(User owner, long collectionId, long id) {
        Transactions.useTransaction(jdbi, () -> {
            collections.lockOwned(owner, collectionId);
            if (dao.delete(collectionId, id) == 0) {
                throw ProblemException.notFound("share", id);
            }
        });
    }

    /**
     * Returns the target of a link with one page of the items, without authentication; empty if the link is unknown
     * or revoked, or if the collection was made private. One statement.
     *
     * @throws ProblemException share expired
     */
    static Optional<CollectionShareTarget> open(Jdbi database, String token, PublicCollectionQuery query) {
        return requireValid(database.onDemand(CollectionShareDao.class).open(token, query.limit(), query.offset()));
    }

    /**
     * Returns the same as {@link #open}, with the best deals of the whole collection. One statement.
     *
     * @throws ProblemException share expired
     */
    static Optional<CollectionShareTarget> openWithBest(Jdbi database, String token, PublicCollectionQuery query) {
        return requireValid(
                database.onDemand(CollectionShareDao.class).openWithBest(token, query.limit(), query.offset()));
    }

    /**
     * Returns a listing of a shared collection, without authentication; empty as {@link #open}. A collection without
     * the listing is a problem, not an empty result: the cache remembers what is absent, and the listing may be added
     * later. One statement.
     *
     * @throws ProblemException share expired; share not found, if the collection does not contain the listing
     */
    static Optional<SharedDeal> openDeal(Jdbi database, String token, long listingId) {
        Optional<SharedDeal> deal = database.onDemand(SharedDealDao.class).open(token, listingId);
        if (deal.isPresent() && deal.get().expired()) {
            throw ShareProblems.expired();
        }
        if (deal.isPresent() && deal.get().listing() == null) {
            throw ShareProblems.notFound();
        }
        return deal;
    }

    private static Optional<CollectionShareTarget> requireValid(Optional<CollectionShareTarget> target) {
        if (target.isPresent() && target.get().expired()) {
            throw ShareProblems.expired();
        }
        return target;
    }

    /**
     * Creates a private copy of a shared collection, and notifies its owner in the same transaction. A fixed number
     * of statements.
     *
     * @param name null for the name of the source
     * @throws ProblemException share not found, share expired
     */
    DealCollection copy(User user, String token, @Nullable String name) {
        return Transactions.inTransaction(jdbi, () -> {
            CollectionShareDao.CopySource source = dao.find(token).orElseThrow(ShareProblems::notFound);
            if (source.expired()) {
                throw ShareProblems.expired();
            }
            DealCollection copy = collections
                    .copyByLink(user, source.collectionId(), name)
                    .orElseThrow(ShareProblems::notFound); // made private in the meantime, which deleted the link
            if (source.ownerId() != user.id()) {
                notifications.send(
                        source.ownerId(),
                        NotificationType.COLLECTION_COPIED,
                        user.username() + " copied your collection",
                        source.name(),
                        null);
            }
            return copy;
        });
    }

    /**
     * Deletes up to {@code batch} links that expired more than {@code days} days ago. Returns their number. One
     * statement.
     */
    int deleteExpired(int days, int batch) {
        return dao.deleteExpired(days, batch);
    }

    private CollectionShare withUrl(CollectionShare share) {
        return share.withUrl(publicUrl.absolute("/c/" + share.shareToken()));
    }
}
