package dealbrain.shares;

import dealbrain.accounts.User;
import dealbrain.database.ConstraintViolation;
import dealbrain.http.Page;
import dealbrain.http.Paged;
import dealbrain.http.Patch;
import dealbrain.http.ProblemException;
import dealbrain.listings.ListingService;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** The rules of public links to listings: whoever sees a listing may share it, and revoke what they shared. Safe for use by many threads. */
public final class ListingShareService {
    private final ListingShareDao dao;
    private final ListingService listings;
    private final String publicUrl;

    /** @param publicUrl what the addresses of links begin with, without a slash at its end */
    public ListingShareService(Jdbi jdbi, ListingService listings, String publicUrl) {
        this.dao = jdbi.onDemand(ListingShareDao.class);
        this.listings = listings;
        this.publicUrl = publicUrl;
    }

    /**
     * Makes a link. One statement.
     *
     * @throws ProblemException not found, when there is no such listing
     */
    public ListingShare create(User user, long listingId, ShareInput input) {
        return addressed(ConstraintViolation.translate(
                () -> dao.insert(listingId, user.id(), ShareToken.next(), input.days()),
                ConstraintViolation::isForeignKey,
                _ -> ProblemException.notFound("listing", listingId)));
    }

    /**
     * A user's links to a listing, newest first. Two statements, or three.
     *
     * @throws ProblemException not found, when there is no such listing
     */
    Paged<ListingShare> ofListing(User user, long listingId, Page page) {
        long total = dao.countOfListing(listingId, user.id());
        if (total == 0) {
            listings.get(listingId);
        }
        return new Paged<>(addressed(dao.ofListing(listingId, user.id(), page.limit(), page.offset())), total, page);
    }

    /** A user's links, newest first. Two statements. */
    Paged<ListingShare> mine(User user, Page page) {
        return new Paged<>(
                addressed(dao.ofUser(user.id(), page.limit(), page.offset())), dao.countOfUser(user.id()), page);
    }

    /**
     * One of a user's links. One statement.
     *
     * @throws ProblemException not found, also for somebody else's
     */
    ListingShare get(User user, long id) {
        return found(id, dao.find(id, user.id()));
    }

    private ListingShare found(long id, Optional<ListingShare> share) {
        return share.map(this::addressed).orElseThrow(() -> ProblemException.notFound("share", id));
    }

    /**
     * Sets a new expiry, counted from now. One statement.
     *
     * @throws ProblemException not found, also for somebody else's
     */
    ListingShare update(User user, long id, Patch<ShareChange> patch) {
        ShareInput input = new ShareInput(patch.applyTo(new ShareChange(null)).expiresInDays());
        return found(
                id,
                patch.mentions("expires_in_days")
                        ? dao.setExpiry(id, user.id(), input.days())
                        : dao.find(id, user.id()));
    }

    /**
     * Revokes a link, which is dead for the next request.
     *
     * @throws ProblemException not found, also for somebody else's
     */
    public void delete(User user, long id) {
        if (dao.delete(id, user.id()) == 0) {
            throw ProblemException.notFound("share", id);
        }
    }

    /**
     * What anybody sees who has a link; empty when it is unknown, revoked, or of another listing. One statement.
     *
     * @throws ProblemException share expired
     */
    Optional<OpenedShare> open(long listingId, String token) {
        Optional<OpenedShare> opened =
                dao.findByToken(token).filter(found -> found.share().listingId() == listingId);
        if (opened.isPresent() && opened.get().share().isExpired()) {
            throw ShareProblems.expired();
        }
        return opened;
    }

    /** The links that were viewed most and have not expired, the most viewed first. One statement. */
    List<SharedPages.Link> mostViewed(int limit) {
        return dao.mostViewed(limit);
    }

    /** Deletes links that expired so many days ago, at most {@code batch} of them; returns how many. One statement. */
    public int deleteExpired(int days, int batch) {
        return dao.deleteExpired(days, batch);
    }

    private List<ListingShare> addressed(List<ListingShare> shares) {
        return shares.stream().map(this::addressed).toList();
    }

    private ListingShare addressed(ListingShare share) {
        return new ListingShare(
                share.id(),
                share.listingId(),
                share.shareToken(),
                publicUrl + "/deals/" + share.listingId() + "/" + share.shareToken(),
                share.viewCount(),
                share.createdAt(),
                share.createdBy(),
                share.expiresAt(),
                share.isExpired());
    }
}
