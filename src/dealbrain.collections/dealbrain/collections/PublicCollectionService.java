package dealbrain.collections;

import dealbrain.database.PagedRows;
import dealbrain.http.PagedList;
import dealbrain.http.ProblemException;
import dealbrain.views.ViewSink;
import dealbrain.views.ViewTotal;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/**
 * Public collections, which every client may read. Private and unlisted collections are never returned. Thread-safe.
 */
final class PublicCollectionService {
    private final PublicCollectionDao dao;

    PublicCollectionService(Jdbi jdbi) {
        this.dao = jdbi.onDemand(PublicCollectionDao.class);
    }

    /** Returns one page of the public collections that match the query, without their items. One statement. */
    PagedList<PublicCollection> discover(DiscoverQuery query) {
        PagedRows<PublicCollection> page = dao.discover(new DiscoverSearch(query));
        return new PagedList<>(page.rows(), page.total(), query.page());
    }

    /**
     * Returns a public collection with one page of its items in their order, each with its listing and all eight
     * relations. One statement.
     *
     * @throws ProblemException not found, also for its owner if it is not public
     */
    PublicCollection get(long id, PublicCollectionQuery query) {
        return dao.find(id, query.limit(), query.offset())
                .orElseThrow(() -> ProblemException.notFound("collection", id));
    }

    /** Implements {@link ViewSink} for collections. Does not change their versions. */
    List<ViewTotal> addViews(List<Long> ids, List<Long> people, List<Long> crawlers) {
        return dao.addViews(ids, people, crawlers);
    }
}
