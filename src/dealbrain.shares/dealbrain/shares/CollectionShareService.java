package dealbrain.shares;

import dealbrain.accounts.User;
import dealbrain.collections.CollectionService;
import dealbrain.collections.CopyService;
import dealbrain.collections.DealCollection;
import dealbrain.collections.PublicCollectionQuery;
import dealbrain.collections.Visibility;
import dealbrain.database.PagedRows;
import dealbrain.database.Transactions;
import dealbrain.http.Page;
import dealbrain.http.Paged;
import dealbrain.http.ProblemException;
import dealbrain.http.ProblemType;
import dealbrain.notifications.NotificationService;
import dealbrain.notifications.NotificationType;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The rules of public links to collections. Only owners make them, and only to what is not private; a collection that becomes
 * private closes its links with that very change, and for good. Safe for use by many threads.
 */
public final class CollectionShareService {
    static final ProblemType COLLECTION_PRIVATE = ProblemType.conflict(
            "collection-private",
            "The collection is private",
            "A private collection has no links. Make it unlisted or public first.");

    private final Jdbi jdbi;
    private final CollectionShareDao dao;
    private final CollectionService collections;
    private final CopyService copies;
    private final NotificationService notifications;
    private final String publicUrl;

    /** @param publicUrl what the addresses of links begin with, without a slash at its end */
    public CollectionShareService(
            Jdbi jdbi,
            CollectionService collections,
            CopyService copies,
            NotificationService notifications,
            String publicUrl) {
        this.jdbi = jdbi;
        this.dao = jdbi.onDemand(CollectionShareDao.class);
        this.collections = collections;
        this.copies = copies;
        this.notifications = notifications;
        this.publicUrl = publicUrl;
    }

    /**
     * Makes a link.
     *
     * @throws ProblemException not found, forbidden, collection private
     */
    public CollectionShare create(User user, long collectionId, ShareInput input) {
        return Transactions.inTransaction(jdbi, () -> {
            if (collections.lockForWrite(user, collectionId).visibility() == Visibility.PRIVATE) {
                throw new ProblemException(
                        COLLECTION_PRIVATE,
                        "collection " + collectionId + " is private; make it unlisted or public first");
            }
            return addressed(dao.insert(collectionId, ShareToken.next(), input.days()));
        });
    }

    /**
     * The links to a collection, newest first. Two statements.
     *
     * @throws ProblemException not found, forbidden
     */
    Paged<CollectionShare> list(User user, long collectionId, Page page) {
        collections.requireOwned(user, collectionId);
        PagedRows<CollectionShare> links = dao.list(collectionId, page.limit(), page.offset());
        return new Paged<>(links.rows().stream().map(this::addressed).toList(), links.total(), page);
    }

    /**
     * Revokes a link, which is dead for the next request.
     *
     * @throws ProblemException not found, forbidden
     */
    public void delete(User user, long collectionId, long id) {
        Transactions.useTransaction(jdbi, () -> {
            collections.lockForWrite(user, collectionId);
            if (dao.delete(collectionId, id) == 0) {
                throw ProblemException.notFound("share", id);
            }
        });
    }

    /**
     * What anybody sees who has a link, with one page of the items; empty when it is unknown, revoked, or of a collection that was
     * made private. One statement.
     *
     * @throws ProblemException share expired
     */
    Optional<SharedCollection> open(String token, PublicCollectionQuery query) {
        Optional<SharedCollection> shared = dao.open(token, query.limit(), query.offset());
        if (shared.isPresent() && shared.get().expired()) {
            throw ShareProblems.expired();
        }
        return shared;
    }

    /**
     * Makes a private copy of what is behind a link, and tells the owner. A fixed number of statements.
     *
     * @param name null for the name of the source
     * @throws ProblemException share not found, share expired
     */
    public DealCollection copy(User user, String token, @Nullable String name) {
        return Transactions.inTransaction(jdbi, () -> {
            CollectionShareDao.Linked linked = dao.find(token).orElseThrow(ShareProblems::notFound);
            if (linked.expired()) {
                throw ShareProblems.expired();
            }
            // Empty when it was made private since, which closed the link.
            DealCollection copy =
                    copies.copyByLink(user, linked.collectionId(), name).orElseThrow(ShareProblems::notFound);
            if (linked.ownerId() != user.id()) {
                notifications.tell(
                        linked.ownerId(),
                        NotificationType.COLLECTION_COPIED,
                        user.username() + " copied your collection",
                        linked.name(),
                        null);
            }
            return copy;
        });
    }

    /** Deletes links that expired so many days ago, at most {@code batch} of them; returns how many. One statement. */
    public int deleteExpired(int days, int batch) {
        return dao.deleteExpired(days, batch);
    }

    private CollectionShare addressed(CollectionShare share) {
        return new CollectionShare(
                share.id(),
                share.collectionId(),
                share.shareToken(),
                publicUrl + "/c/" + share.shareToken(),
                share.viewCount(),
                share.createdAt(),
                share.expiresAt(),
                share.isExpired());
    }
}
