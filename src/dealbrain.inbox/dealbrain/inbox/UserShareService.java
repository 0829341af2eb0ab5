package dealbrain.inbox;

import dealbrain.accounts.User;
import dealbrain.collections.CollectionItem;
import dealbrain.collections.DealCollections;
import dealbrain.collections.ItemInput;
import dealbrain.collections.ItemStatus;
import dealbrain.database.ConstraintViolation;
import dealbrain.database.PageRange;
import dealbrain.database.PagedRows;
import dealbrain.database.Transactions;
import dealbrain.database.Words;
import dealbrain.http.ListCursors;
import dealbrain.http.PageQuery;
import dealbrain.http.PagedList;
import dealbrain.http.PagedQuery;
import dealbrain.http.ProblemException;
import dealbrain.http.ProblemType;
import dealbrain.http.RateLimit;
import dealbrain.json.InputError;
import dealbrain.notifications.NotificationType;
import dealbrain.notifications.Notifications;
import dealbrain.shares.ShareProblems;
import dealbrain.shares.ShareToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The rules of shares between users. Thread-safe. */
final class UserShareService {
    static final ProblemType SHARE_LIMIT = ProblemType.tooManyRequests(
            "share-limit",
            "Too many shares within an hour",
            "A user can share ten listings with other users within an hour. Wait as many seconds as the header "
                    + "Retry-After says.");
    static final ProblemType NOT_RECIPIENT = ProblemType.forbidden(
            "not-recipient",
            "Only the recipient can import a share",
            "The listing was shared with another user. You can add it to one of your collections by its id.");

    private static final int SHARES_PER_HOUR = 10;
    private static final int SECONDS_PER_HOUR = 3600;

    /** A new share, and the sender's remaining limit. */
    record Creation(UserShare share, RateLimit limit) {}

    private static final String RECIPIENT_KEY = "user_share_recipient_id_fkey";
    private static final Set<String> INPUT_KEYS = Set.of(RECIPIENT_KEY, "user_share_listing_id_fkey");

    private final Jdbi jdbi;
    private final UserShareDao dao;
    private final DealCollections collections;
    private final Notifications notifications;

    UserShareService(Jdbi jdbi, DealCollections collections, Notifications notifications) {
        this.jdbi = jdbi;
        this.dao = jdbi.onDemand(UserShareDao.class);
        this.collections = collections;
        this.notifications = notifications;
    }

    /**
     * Shares a listing with another user, and notifies the recipient in the same transaction. A failed share does not
     * count towards the limit; deleting a share does not refund it. Four statements.
     *
     * @throws ProblemException invalid, with every error; share limit
     */
    Creation create(User sender, UserShareInput input) {
        return Transactions.inTransaction(jdbi, () -> {
            String name = input.recipientUsername();
            UserShareDao.InputReferences references = dao.findReferences(
                    input.recipientId(), name == null ? null : Words.foldName(name), input.listingId());
            long recipientId = requireValid(sender, input, references);
            RateLimit limit = takeSlot(sender);
            UserShare share = insert(sender, recipientId, input);
            notifications.send(
                    recipientId,
                    NotificationType.SHARE_RECEIVED,
                    sender.username() + " shared a deal with you",
                    notificationText(share.listing().title(), share.message()),
                    share.id());
            return new Creation(share, limit);
        });
    }

    /** Returns the id of the recipient. */
    private static long requireValid(User sender, UserShareInput input, UserShareDao.InputReferences references) {
        List<InputError> errors = new ArrayList<>();
        input.recipientError(sender, references.recipientId()).ifPresent(errors::add);
        if (references.listingTitle() == null) {
            errors.add(input.unknownListing());
        }
        if (!errors.isEmpty() || references.recipientId() == null) {
            throw ProblemException.invalid(errors);
        }
        return references.recipientId();
    }

    private RateLimit takeSlot(User sender) {
        Optional<UserShareDao.LimitSlot> slot = dao.takeSlot(sender.id(), SHARES_PER_HOUR);
        if (slot.isEmpty()) {
            long wait = dao.resetSeconds(sender.id());
            throw limit(0, wait)
                    .exceeded(
                            SHARE_LIMIT,
                            "you have shared ten listings within the last hour; try again in " + wait + " seconds");
        }
        return limit(slot.get().remaining(), slot.get().resetSeconds());
    }

    private static RateLimit limit(int remaining, long resetSeconds) {
        return new RateLimit("user-shares", SHARES_PER_HOUR, remaining, SECONDS_PER_HOUR, resetSeconds);
    }

    private UserShare insert(User sender, long recipientId, UserShareInput input) {
        return ConstraintViolation.translate(
                () -> dao.insert(
                        sender.id(),
                        recipientId,
                        input.listingId(),
                        ShareToken.next(),
                        input.message(),
                        input.expiresInDays()),
                violation -> INPUT_KEYS.contains(violation.constraint()),
                violation -> deletedAfterLookup(input, violation));
    }

    private static ProblemException deletedAfterLookup(UserShareInput input, ConstraintViolation violation) {
        boolean isRecipient = violation.constraint().equals(RECIPIENT_KEY);
        return ProblemException.invalid(List.of(isRecipient ? input.unknownRecipient() : input.unknownListing()));
    }

    private static String notificationText(String title, @Nullable String message) {
        return message == null || message.isBlank() ? title : title + "\n\n" + message;
    }

    /** Returns one page of the shares that a user received, newest first, including expired ones. One statement. */
    PagedList<UserShare> listReceived(User user, UserShareQuery query) {
        ListCursors cursors = new ListCursors(query, "received shares", user.id());
        return page(query, dao.received(user.id(), query.filter(), cursors.startOfNewest(), range(query)), cursors);
    }

    /** Returns one page of the shares that a user sent, newest first, including expired ones. One statement. */
    PagedList<UserShare> listSent(User user, PageQuery query) {
        ListCursors cursors = new ListCursors(query, "sent shares", user.id());
        return page(query, dao.sent(user.id(), cursors.startOfNewest(), range(query)), cursors);
    }

    private static PageRange range(PagedQuery query) {
        return new PageRange(query.limit(), query.offset(), query.count().maxRows());
    }

    private static PagedList<UserShare> page(PagedQuery query, PagedRows<UserShare> found, ListCursors cursors) {
        return PagedList.of(
                query, found.rows(), found.counted(), found.next(share -> cursors.after(share.sharedAt(), share.id())));
    }

    /**
     * Returns a share by its id, which notifications contain. Does not mark it as viewed. One statement.
     *
     * @throws ProblemException share not found, also if the user neither sent nor received it
     */
    UserShare get(User user, long id) {
        Optional<User> viewer = Optional.of(user);
        return dao.find(id, user.id())
                .filter(share -> share.isFrom(viewer) || share.isFor(viewer))
                .orElseThrow(ShareProblems::notFound);
    }

    /**
     * Returns the share with a token: complete for the sender and the recipient, a preview for other viewers. One
     * statement; two if the recipient opens it for the first time twice at once.
     *
     * @param marksViewed whether the share becomes viewed if {@code viewer} is the recipient
     * @throws ProblemException share not found, share expired
     */
    UserShareView open(Optional<User> viewer, String token, boolean marksViewed) {
        UserShare share = find(viewer, token, marksViewed).orElseThrow(ShareProblems::notFound);
        if (share.isExpired()) {
            throw ShareProblems.expired();
        }
        return share.forViewer(viewer);
    }

    private Optional<UserShare> find(Optional<User> viewer, String token, boolean marksViewed) {
        Long viewerId = viewer.map(User::id).orElse(null);
        if (!marksViewed) {
            return dao.findByToken(token, viewerId);
        }
        Optional<UserShare> share = dao.view(token, viewerId);
        // If two first views run at once, the second update waits for the first and changes nothing. But its statement
        // returns the row of its own snapshot, which is not viewed yet. Then the row is read again.
        boolean outdated = share.filter(row -> row.isFor(viewer) && !row.isViewed() && !row.isExpired())
                .isPresent();
        return outdated ? dao.findByToken(token, viewerId) : share;
    }

    /**
     * Adds the listing of a received share to a collection of the recipient, with the sender's message as its notes.
     * The first import notifies the sender in the same transaction.
     *
     * @param collectionId null for the default collection
     * @throws ProblemException share not found, share expired, not recipient, duplicate item; invalid for an unknown
     *                          collection; forbidden for a public collection of another user
     */
    CollectionItem importInto(User user, String token, @Nullable Long collectionId) {
        return Transactions.inTransaction(jdbi, () -> {
            UserShareDao.ImportSource source = lock(user, token);
            CollectionItem item = add(user, source, collectionId);
            dao.setImported(source.id());
            if (!source.isImported()) {
                notifications.send(
                        source.senderId(),
                        NotificationType.SHARE_IMPORTED,
                        user.username() + " imported a deal that you shared",
                        source.listingTitle(),
                        source.id());
            }
            return item;
        });
    }

    private UserShareDao.ImportSource lock(User user, String token) {
        UserShareDao.ImportSource source = dao.lock(token).orElseThrow(ShareProblems::notFound);
        if (source.isExpired()) {
            throw ShareProblems.expired();
        }
        if (source.recipientId() != user.id()) {
            throw new ProblemException(
                    NOT_RECIPIENT, "this listing was shared with another user; only the recipient can import it");
        }
        return source;
    }

    private CollectionItem add(User user, UserShareDao.ImportSource source, @Nullable Long collectionId) {
        ItemInput item = new ItemInput(source.listingId(), ItemStatus.UNDECIDED, source.message(), null);
        if (collectionId == null) {
            return collections.add(user, collections.getOrCreateDefault(user).id(), item);
        }
        try {
            return collections.add(user, collectionId, item);
        } catch (ProblemException e) {
            if (e.type().equals(ProblemType.NOT_FOUND)) {
                throw ProblemException.invalid(
                        "/collection_id",
                        "collection_id must be the id of one of your collections, was " + collectionId);
            }
            throw e;
        }
    }

    /**
     * Deletes a share for sender and recipient; both may do so. One statement.
     *
     * @throws ProblemException share not found, also if the user neither sent nor received it
     */
    void delete(User user, String token) {
        if (dao.delete(token, user.id()) == 0) {
            throw ShareProblems.notFound();
        }
    }

    /**
     * Deletes up to {@code batch} shares that expired more than {@code days} days ago. Returns their number. One
     * statement.
     */
    int deleteExpired(int days, int batch) {
        return dao.deleteExpired(days, batch);
    }
}
