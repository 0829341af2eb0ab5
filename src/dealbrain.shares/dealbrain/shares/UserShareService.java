package dealbrain.shares;

import dealbrain.accounts.User;
import dealbrain.collections.CollectionItem;
import dealbrain.collections.CollectionService;
import dealbrain.collections.ItemInput;
import dealbrain.collections.ItemService;
import dealbrain.collections.ItemStatus;
import dealbrain.database.ConstraintViolation;
import dealbrain.database.PagedRows;
import dealbrain.database.Transactions;
import dealbrain.http.Page;
import dealbrain.http.Paged;
import dealbrain.http.Problem.Mistake;
import dealbrain.http.ProblemException;
import dealbrain.http.ProblemType;
import dealbrain.http.RateLimit;
import dealbrain.notifications.NotificationService;
import dealbrain.notifications.NotificationType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/** The rules of shares from user to user. Safe for use by many threads. */
public final class UserShareService {
    static final ProblemType SHARE_LIMIT = ProblemType.tooManyRequests(
            "share-limit",
            "Too many shares within an hour",
            "You can share ten listings with other users within an hour. Wait for as many seconds as the header Retry-After says.");
    static final ProblemType NOT_RECIPIENT = ProblemType.forbidden(
            "not-recipient",
            "Only the recipient can import a share",
            "The listing was shared with somebody else. You can put it into a collection of yours by its id.");

    private static final int SHARES_AN_HOUR = 10;

    private final Jdbi jdbi;
    private final UserShareDao dao;
    private final CollectionService collections;
    private final ItemService items;
    private final NotificationService notifications;

    public UserShareService(
            Jdbi jdbi, CollectionService collections, ItemService items, NotificationService notifications) {
        this.jdbi = jdbi;
        this.dao = jdbi.onDemand(UserShareDao.class);
        this.collections = collections;
        this.items = items;
        this.notifications = notifications;
    }

    /**
     * Shares a listing with another user, who is told in the same transaction. What fails takes no place in the limit; what is
     * deleted later does not give its place back. Four statements.
     *
     * @throws ProblemException invalid, with every mistake; share limit
     */
    UserShareMade create(User sender, UserShareInput input) {
        return Transactions.inTransaction(jdbi, () -> {
            UserShareDao.Named named = dao.named(input.recipientId(), input.recipientUsername(), input.listingId());
            long recipientId = requireValid(input, named, sender);
            RateLimit limit = takePlace(sender);
            UserShare made = insert(sender, recipientId, input);
            notifications.tell(
                    recipientId,
                    NotificationType.SHARE_RECEIVED,
                    sender.username() + " shared a deal with you",
                    about(made.listing().title(), made.message()),
                    made.id());
            return new UserShareMade(made, limit);
        });
    }

    private static long requireValid(UserShareInput input, UserShareDao.Named named, User sender) {
        List<Mistake> mistakes = new ArrayList<>();
        input.recipientMistake(named.recipientId(), sender.id()).ifPresent(mistakes::add);
        if (named.listingTitle() == null) {
            mistakes.add(input.unknownListing());
        }
        if (!mistakes.isEmpty() || named.recipientId() == null) {
            throw ProblemException.invalid(mistakes);
        }
        return named.recipientId();
    }

    private RateLimit takePlace(User sender) {
        Optional<UserShareDao.Place> taken = dao.takePlace(sender.id(), SHARES_AN_HOUR);
        if (taken.isEmpty()) {
            long wait = dao.resetSeconds(sender.id());
            throw limit(0, wait)
                    .exceeded(
                            SHARE_LIMIT,
                            "you shared ten listings within the last hour; try again in " + wait + " seconds");
        }
        return limit(taken.get().remaining(), taken.get().resetSeconds());
    }

    private static RateLimit limit(int remaining, long resetSeconds) {
        return new RateLimit("user-shares", SHARES_AN_HOUR, remaining, 3600, resetSeconds);
    }

    /** The recipient or the listing may have gone since they were looked up. */
    private UserShare insert(User sender, long recipientId, UserShareInput input) {
        try {
            return dao.insert(
                    sender.id(),
                    recipientId,
                    input.listingId(),
                    ShareToken.next(),
                    input.message(),
                    input.expiresInDays());
        } catch (UnableToExecuteStatementException e) {
            throw switch (ConstraintViolation.of(e)
                    .map(ConstraintViolation::constraint)
                    .orElse("")) {
                case "user_share_recipient_id_fkey" -> ProblemException.invalid(List.of(input.unknownRecipient()));
                case "user_share_listing_id_fkey" -> ProblemException.invalid(List.of(input.unknownListing()));
                default -> e;
            };
        }
    }

    private static String about(String title, @Nullable String message) {
        return message == null || message.isBlank() ? title : title + "\n\n" + message;
    }

    /** What a user received, newest first, also what has expired. One statement. */
    Paged<UserShare> received(User user, UserShareQuery query) {
        Page page = query.page();
        PagedRows<UserShare> found = dao.received(user.id(), query.filter(), page.limit(), page.offset());
        return new Paged<>(found.rows(), found.total(), page);
    }

    /** What a user sent, newest first, also what has expired. One statement. */
    Paged<UserShare> sent(User user, Page page) {
        PagedRows<UserShare> found = dao.sent(user.id(), page.limit(), page.offset());
        return new Paged<>(found.rows(), found.total(), page);
    }

    /**
     * A share by its id, as notifications name it; looking it up so does not make it viewed. One statement.
     *
     * @throws ProblemException share not found, also for those who neither sent nor received it
     */
    UserShare get(User user, long id) {
        Optional<User> viewer = Optional.of(user);
        return dao.find(id)
                .filter(share -> share.isFrom(viewer) || share.isFor(viewer))
                .orElseThrow(ShareProblems::notFound);
    }

    /**
     * What a token opens: all of it to the sender and the recipient, to others the listing and who shared it. One statement,
     * whether it is good or not; two when two first looks of the recipient coincide.
     *
     * @param looks whether it becomes viewed when the viewer is the recipient
     * @throws ProblemException share not found, share expired
     */
    UserShareView open(String token, Optional<User> viewer, boolean looks) {
        UserShare share = find(token, viewer, looks).orElseThrow(ShareProblems::notFound);
        if (share.isExpired()) {
            throw ShareProblems.expired();
        }
        return share.seenBy(viewer);
    }

    private Optional<UserShare> find(String token, Optional<User> viewer, boolean looks) {
        if (!looks) {
            return dao.findByToken(token);
        }
        Optional<UserShare> found = dao.view(token, viewer.map(User::id).orElse(null));
        // Of two first looks at once, one waits for the other and sees the row as it was before: it is read anew.
        boolean late = found.filter(share -> share.isFor(viewer) && !share.isViewed() && !share.isExpired())
                .isPresent();
        return late ? dao.findByToken(token) : found;
    }

    /**
     * Puts the listing of a received share into a collection of the recipient's, with the sender's message as its notes. The
     * sender is told in the same transaction, the first time. An expired share cannot be imported.
     *
     * @param collectionId null for the default collection
     * @throws ProblemException share not found, share expired, not recipient, duplicate item; invalid for an unknown collection,
     *                          forbidden for a public one of somebody else's
     */
    CollectionItem importInto(@Nullable Long collectionId, String token, User user) {
        return Transactions.inTransaction(jdbi, () -> {
            UserShareDao.Locked share = lock(token, user);
            CollectionItem made = add(share, collectionId, user);
            dao.setImported(share.id());
            if (!share.isImported()) {
                notifications.tell(
                        share.senderId(),
                        NotificationType.SHARE_IMPORTED,
                        user.username() + " imported a deal that you shared",
                        share.listingTitle(),
                        share.id());
            }
            return made;
        });
    }

    private UserShareDao.Locked lock(String token, User user) {
        UserShareDao.Locked share = dao.lock(token).orElseThrow(ShareProblems::notFound);
        if (share.isExpired()) {
            throw ShareProblems.expired();
        }
        if (share.recipientId() != user.id()) {
            throw new ProblemException(NOT_RECIPIENT, "this was shared with somebody else; only they can import it");
        }
        return share;
    }

    private CollectionItem add(UserShareDao.Locked share, @Nullable Long collectionId, User user) {
        ItemInput item = new ItemInput(share.listingId(), ItemStatus.UNDECIDED, share.message(), null);
        if (collectionId == null) {
            return items.add(user, collections.getOrCreateDefault(user).id(), item);
        }
        try {
            return items.add(user, collectionId, item);
        } catch (ProblemException e) {
            throw !e.type().equals(ProblemType.NOT_FOUND)
                    ? e
                    : ProblemException.invalid(
                            "/collection_id",
                            "collection_id must be the id of a collection of yours, was " + collectionId);
        }
    }

    /**
     * Deletes a share for both, by either. One statement.
     *
     * @throws ProblemException share not found, also for those who neither sent nor received it
     */
    void delete(User user, String token) {
        if (dao.delete(token, user.id()) == 0) {
            throw ShareProblems.notFound();
        }
    }

    /** Deletes at most {@code batch} of the shares that expired more than so many days ago; returns how many. One statement. */
    public int deleteExpired(int days, int batch) {
        return dao.deleteExpired(days, batch);
    }
}
