package dealbrain.collections;

import dealbrain.accounts.User;
import dealbrain.caching.Cache;
import dealbrain.caching.PageSource;
import dealbrain.http.IfMatch;
import dealbrain.testing.Fixtures;
import dealbrain.testing.Rows;
import dealbrain.views.Views;
import dealbrain.views.Visitor;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;

/** Collections for tests, besides the other {@link Fixtures}. */
public final class CollectionFixtures extends Fixtures {
    private static final Cache NO_CACHE = null; // for routes only
    private static final AtomicInteger NUMBER = new AtomicInteger();

    public final DealCollections collections;
    private final Jdbi jdbi;
    final CollectionService service;
    final ItemService items;
    private final Views views;

    public CollectionFixtures(Jdbi jdbi) {
        super(jdbi);
        this.jdbi = jdbi;
        views = new Views(jdbi, _ -> {});
        collections = new DealCollections(jdbi, accounts.authentication(), NO_CACHE, PageSource.of(jdbi), views);
        service = new CollectionService(jdbi);
        items = new ItemService(jdbi, service);
    }

    /** Creates a collection without items. */
    public DealCollection emptyCollection(User owner, Visibility visibility) {
        return collections.create(
                owner, new CollectionInput("Collection " + NUMBER.incrementAndGet(), "a description", visibility));
    }

    /** Creates a private collection of {@code count} new listings, in their order. */
    public DealCollection collectionOf(User owner, int count) {
        return collectionOf(owner, listings(owner, count));
    }

    public DealCollection collectionOf(User owner, Rows rows) {
        return collectionOf(owner, listings(owner, rows));
    }

    private DealCollection collectionOf(User owner, List<Long> listings) {
        DealCollection collection = emptyCollection(owner, Visibility.PRIVATE);
        for (int from = 0; from < listings.size(); from += 1000) {
            collections.addAll(owner, collection.id(), listings.subList(from, Math.min(listings.size(), from + 1000)));
        }
        return collection;
    }

    /** Adds a listing at the end. */
    public CollectionItem addItem(User owner, DealCollection collection, long listingId) {
        return collections.add(owner, collection.id(), input(ItemInput.class, "{\"listing_id\": " + listingId + "}"));
    }

    public DealCollection setVisibility(User owner, DealCollection collection, Visibility visibility) {
        return service.update(owner, collection.id(), IfMatch.ANY, stored -> stored.withVisibility(visibility));
    }

    public DealCollection rename(User owner, DealCollection collection, String name) {
        return service.update(
                owner,
                collection.id(),
                IfMatch.ANY,
                stored -> new CollectionInput(name, stored.description(), stored.visibility()));
    }

    /** Returns a public collection, as other clients see it. */
    public PublicCollection getPublic(DealCollection collection, PublicCollectionQuery query) {
        return new PublicCollectionService(PageSource.of(jdbi)).get(collection.id(), query);
    }

    /** Counts views of a collection by people, and writes them. */
    void view(long id, int times) {
        IntStream.range(0, times).forEach(_ -> collections.viewCounter().count(Visitor.PERSON, id));
        views.flush();
    }

    public void delete(User owner, DealCollection collection) {
        service.delete(owner, collection.id(), IfMatch.ANY);
    }

    /** Sets status and notes of an item. */
    public CollectionItem annotate(User owner, CollectionItem item, ItemStatus status, String notes) {
        return items.update(
                owner,
                item.collectionId(),
                item.id(),
                IfMatch.ANY,
                stored -> new ItemChange(status, notes, stored.position()));
    }

    public CollectionItem move(User owner, CollectionItem item, int position) {
        return items.update(
                owner,
                item.collectionId(),
                item.id(),
                IfMatch.ANY,
                stored -> new ItemChange(stored.status(), stored.notes(), position));
    }

    public void delete(User owner, CollectionItem item) {
        items.delete(owner, item.collectionId(), item.id(), IfMatch.ANY);
    }
}
