package dealbrain.shares;

import dealbrain.accounts.User;
import dealbrain.database.ConstraintViolation;
import dealbrain.database.PageRange;
import dealbrain.database.PagedRows;
import dealbrain.http.ListCursors;
import dealbrain.http.PageQuery;
import dealbrain.http.PagedList;
import dealbrain.http.ProblemException;
import dealbrain.http.PublicUrl;
import dealbrain.listings.Listings;
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
    private final PublicUrl publicUrl;

    ListingShareService(Jdbi jdbi, Listings listings, PublicUrl publicUrl) {
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
     * Returns one page of a user's links to a listing, newest first. One statement, or two if the page is empty.
     *
     * @throws ProblemException not found, if there is no such listing
     */
    PagedList<ListingShare> list(User user, long listingId, PageQuery query) {
        ListCursors cursors = new ListCursors(query, "shares of a listing", listingId, user.id());
        PagedRows<ListingShare> found = dao.ofListing(listingId, user.id(), cursors.startOfNewest(), range(query));
        if (found.rows().isEmpty()) {
            listings.get(user, listingId);
        }
        return page(query, found, cursors);
    }

    /** Returns one page of a user's links, newest first. One statement. */
    PagedList<ListingShare> list(User user, PageQuery query) {
        ListCursors cursors = new ListCursors(query, "listing shares", user.id());
        return page(query, dao.ofUser(user.id(), cursors.startOfNewest(), range(query)), cursors);
    }

    private static PageRange range(PageQuery query) {
        return new PageRange(query.limit(), query.offset(), query.count().maxRows());
    }

    private PagedList<ListingShare> page(PageQuery query, PagedRows<ListingShare> found, ListCursors cursors) {
        return PagedList.of(
                query,
                found.rows().stream().map(this::withUrl).toList(),
                found.counted(),
                found.next(share -> cursors.after(share.createdAt(), share.id())));
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
    static Optional<ListingShareTarget> open(Jdbi database, long listingId, String token) {
        Optional<ListingShareTarget> target = database.onDemand(ListingShareDao.class)
                .findByToken(token)
                .filter(row -> row.share().listingId() == listingId);
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

    private ListingShare withUrl(ListingShare share) {
        return share.withUrl(publicUrl.absolute("/deals/" + share.listingId() + "/" + share.shareToken()));
    }
}
