package dealbrain.collections;

import dealbrain.caching.LoadResult;
import dealbrain.caching.PageSource;
import dealbrain.collections.PublicCollectionDao.Found;
import dealbrain.database.PageRange;
import dealbrain.database.PagedRows;
import dealbrain.http.ListCursors;
import dealbrain.http.PagedList;
import dealbrain.http.ProblemException;
import dealbrain.listings.ListingTags;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/**
 * Public collections, which every client may read. Private and unlisted collections are never returned. Thread-safe.
 */
final class PublicCollectionService {
    /** The list depends on collections that it does not show, and on the names of their owners. */
    private static final Set<String> TAGS_OF_LIST = Set.of("collection:*", "user:*");

    private final PageSource pages;

    PublicCollectionService(PageSource pages) {
        this.pages = pages;
    }

    /** Returns one page of the public collections that match the query, without their items. One statement. */
    PagedList<PublicCollection> discover(DiscoverQuery query) {
        ListCursors cursors = new ListCursors(query, "public collections");
        DiscoverSearch search = new DiscoverSearch(query, cursors.start());
        PageRange range =
                new PageRange(query.limit(), query.offset(), query.count().maxRows());
        PagedRows<Found> page = pages.load(database -> discover(database, search, range))
                .orElseThrow()
                .value();
        return PagedList.of(
                query,
                page.rows().stream().map(Found::collection).toList(),
                page.counted(),
                page.next(last -> cursors.after(
                        query.sort().key(last.collection()), last.collection().id())));
    }

    private static Optional<LoadResult<PagedRows<Found>>> discover(
            Jdbi database, DiscoverSearch search, PageRange range) {
        PagedRows<Found> page = database.onDemand(PublicCollectionDao.class).discover(search, range);
        String snapshot = page.rows().isEmpty() ? "" : page.rows().getFirst().snapshot();
        return Optional.of(new LoadResult<>(page, snapshot, TAGS_OF_LIST, Duration.ZERO));
    }

    /**
     * Returns a public collection with one page of its items in their order, each with its listing and all eight
     * relations. One statement.
     *
     * @throws ProblemException not found, also for its owner if it is not public
     */
    PublicCollection get(long id, PublicCollectionQuery query) {
        return pages.load(database -> find(database, id, query))
                .map(LoadResult::value)
                .orElseThrow(() -> ProblemException.notFound("collection", id));
    }

    private static Optional<LoadResult<PublicCollection>> find(Jdbi database, long id, PublicCollectionQuery query) {
        return database.onDemand(PublicCollectionDao.class)
                .find(id, query.limit(), query.offset())
                .map(found -> {
                    PublicCollection collection = found.collection();
                    Set<String> tags = new HashSet<>(Set.of("collection:" + id, "user:" + found.ownerId()));
                    Objects.requireNonNull(collection.items()).forEach(item -> ListingTags.add(item.listing(), tags));
                    return new LoadResult<>(collection, found.snapshot(), tags, Duration.ZERO);
                });
    }
}
