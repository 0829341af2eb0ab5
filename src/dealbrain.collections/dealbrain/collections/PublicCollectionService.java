package dealbrain.collections;

import dealbrain.database.PagedRows;
import dealbrain.http.Paged;
import dealbrain.http.ProblemException;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** What everybody may see: public collections, and nothing private or unlisted. Safe for use by many threads. */
public final class PublicCollectionService {
    private final PublicCollectionDao dao;

    public PublicCollectionService(Jdbi jdbi) {
        this.dao = jdbi.onDemand(PublicCollectionDao.class);
    }

    /** One page of the public collections that the query finds, without their items. One statement. */
    public Paged<PublicCollection> discover(DiscoverQuery query) {
        PagedRows<PublicCollection> found = dao.discover(new DiscoverSearch(query));
        return new Paged<>(found.rows(), found.total(), query.page());
    }

    /**
     * A public collection with one page of its items in their order, each with its listing and all eight relations. One statement.
     *
     * @throws ProblemException not found, also for its owner when it is not public
     */
    public PublicCollection get(long id, PublicCollectionQuery query) {
        return dao.find(id, query.limit(), query.offset())
                .orElseThrow(() -> ProblemException.notFound("collection", id));
    }

    /** Adds views that were counted elsewhere, by three lists of the same length; returns the sums. One statement; moves no version. */
    public List<ViewTotal> addViews(List<Long> ids, List<Long> people, List<Long> crawlers) {
        return dao.addViews(ids, people, crawlers);
    }
}
