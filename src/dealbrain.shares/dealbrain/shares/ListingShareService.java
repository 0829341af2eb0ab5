package dealbrain.shares;

import dealbrain.accounts.User;
import dealbrain.database.ConstraintViolation;
import dealbrain.http.PageRequest;
import dealbrain.http.PagedList;
import dealbrain.http.ProblemException;
import dealbrain.listings.Listings;
import dealbrain.views.ViewSink;
import dealbrain.views.ViewTotal;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * The rules of public links to listings: each user may share any listing, and may change and revoke their own links.
 * Thread-safe.
 */
final class ListingShareService {
    private final ListingShareDao dao;
    private final Listings listings;
    private final String publicUrl;

    /** @param publicUrl the start of the addresses of links, without a slash at its end */
    ListingShareService(Jdbi jdbi, Listings listings, String publicUrl) {
        this.dao = jdbi.onDemand(ListingShareDao.class);
        this.listings = listings;
        this.publicUrl = publicUrl;
    }

    /**
     * Creates a link. One statement.
     *
     * @throws ProblemException not found, if there is no such listing
     */
    ListingShare create(User user, long listingId, ShareInput input) {
        return withUrl(ConstraintViolation.translate(
                () -> dao.insert(listingId, user.id(), ShareToken.next(), input.days()),
                ConstraintViolation::isForeignKey,
                _ -> ProblemException.notFound("listing", listingId)));
    }

    /**
     * Returns one page of a user's links to a listing, newest first. Two statements, or three if there are no links.
     *
     * @throws ProblemException not found, if there is no such listing
     */
    PagedList<ListingShare> list(User user, long listingId, PageRequest page) {
        long total = dao.countOfListing(listingId, user.id());
        if (total == 0) {
            listings.get(listingId);
        }
        return new PagedList<>(withUrls(dao.ofListing(listingId, user.id(), page.limit(), page.offset())), total, page);
    }

    /** Returns one page of a user's links, newest first. Two statements. */
    PagedList<ListingShare> list(User user, PageRequest page) {
        return new PagedList<>(
                withUrls(dao.ofUser(user.id(), page.limit(), page.offset())), dao.countOfUser(user.id()), page);
    }

    /**
     * Returns one of a user's links. One statement.
     *
     * @throws ProblemException not found, also for a link of another user
     */
    ListingShare get(User user, long id) {
        return requireFound(id, dao.find(id, user.id()));
    }

    private ListingShare requireFound(long id, Optional<ListingShare> share) {
        return share.map(this::withUrl).orElseThrow(() -> ProblemException.notFound("share", id));
    }

    /**
     * Sets the expiry of a link, in days from now. One statement.
     *
     * @throws ProblemException not found, also for a link of another user
     */
    ListingShare setExpiry(User user, long id, ShareInput expiry) {
        return requireFound(id, dao.setExpiry(id, user.id(), expiry.days()));
    }

    /**
     * Revokes a link. The next request for it fails.
     *
     * @throws ProblemException not found, also for a link of another user
     */
    void delete(User user, long id) {
        if (dao.delete(id, user.id()) == 0) {
            throw ProblemException.notFound("share", id);
        }
    }

    /**
     * Returns the target of a link, without authentication; empty if the link is unknown, revoked, or leads to
     * another listing. One statement.
     *
     * @throws ProblemException share expired
     */
    Optional<ListingShareTarget> open(long listingId, String token) {
        Optional<ListingShareTarget> target =
                dao.findByToken(token).filter(row -> row.share().listingId() == listingId);
        if (target.isPresent() && target.get().share().isExpired()) {
            throw ShareProblems.expired();
        }
        return target;
    }

    /** Returns the most viewed links that have not expired, most viewed first. One statement. */
    List<ListingShareDao.Link> mostViewed(int limit) {
        return dao.mostViewed(limit);
    }

    /**
     * Deletes up to {@code batch} links that expired more than {@code days} days ago. Returns their number. One
     * statement.
     */
    int deleteExpired(int days, int batch) {
        return dao.deleteExpired(days, batch);
    }

    private List<ListingShare> withUrls(List<ListingShare> shares) {
        return shares.stream().map(this::withUrl).toList();
    }

    private ListingShare withUrl(ListingShare share) {
        return share.withUrl(publicUrl + "/deals/" + share.listingId() + "/" + share.shareToken());
    }

    /** Implements {@link ViewSink} for links to listings. */
    List<ViewTotal> addViews(List<Long> ids, List<Long> people, List<Long> crawlers) {
        return dao.addViews(ids, people, crawlers);
    }
}
