package dealbrain.collections;

import dealbrain.accounts.Authentication;
import dealbrain.accounts.User;
import dealbrain.caching.Cache;
import dealbrain.caching.PageSource;
import dealbrain.http.PagedList;
import dealbrain.http.ProblemException;
import dealbrain.http.ProblemType;
import dealbrain.http.Router;
import dealbrain.views.ViewCounter;
import dealbrain.views.Views;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Collections and their items: the endpoints, and the methods that other modules call. Thread-safe. */
public final class DealCollections {
    /** The problem of adding a listing to a collection that contains it already. */
    public static final ProblemType DUPLICATE_ITEM = ItemService.DUPLICATE_ITEM;

    private final CollectionService collections;
    private final ItemService items;
    private final CopyService copies;
    private final ViewCounter viewCounter;
    private final CollectionHandler collectionHandler;
    private final ItemHandler itemHandler;
    private final CopyHandler copyHandler;
    private final PublicCollectionHandler publicCollectionHandler;

    public DealCollections(Jdbi jdbi, Authentication authentication, Cache cache, PageSource pages, Views views) {
        PublicCollectionService publicCollections = new PublicCollectionService(pages);
        collections = new CollectionService(jdbi);
        items = new ItemService(jdbi, collections);
        copies = new CopyService(jdbi);
        viewCounter = views.counter("collection");
        collectionHandler = new CollectionHandler(collections, new CollectionCache(jdbi, cache, pages), authentication);
        itemHandler = new ItemHandler(items, collections, authentication);
        copyHandler = new CopyHandler(copies, authentication);
        publicCollectionHandler = new PublicCollectionHandler(publicCollections, viewCounter);
    }

    public void routes(Router router) {
        collectionHandler.routes(router);
        itemHandler.routes(router);
        copyHandler.routes(router);
        publicCollectionHandler.routes(router);
    }

    /** Creates an empty collection. One statement. */
    public DealCollection create(User owner, CollectionInput input) {
        return collections.create(owner, input);
    }

    /**
     * Returns the private collection "My Deals" of a user, to which received listings are imported by default. The
     * first call creates it. One statement.
     */
    public DealCollection getOrCreateDefault(User owner) {
        return collections.getOrCreateDefault(owner);
    }

    /** Returns one page of a user's collections without their items, newest first. One statement. */
    public PagedList<DealCollection> list(User owner, CollectionListQuery query) {
        return collections.list(owner, query);
    }

    /**
     * Returns a collection with one page of its items in their order, each with its listing and all eight relations.
     * Viewers other than the owner get the items without status and notes. One statement.
     *
     * @throws ProblemException not found, also if the collection is not public and {@code viewer} is not its owner;
     *                          forbidden, if {@code viewer} filters by status and is not the owner
     */
    public DealCollection get(Optional<User> viewer, long id, CollectionQuery query) {
        return collections.get(viewer, id, query);
    }

    /**
     * Returns one page of the items of a collection, with the cursor of the next page. One statement.
     *
     * @throws ProblemException as {@link #get}; invalid for a cursor of another list, with an offset, or too old
     */
    public PagedList<CollectionItem> items(Optional<User> viewer, long id, ItemQuery query) {
        return collections.items(viewer, id, query);
    }

    /**
     * Returns a collection with one page of its items, as {@link #items} does. One statement.
     *
     * @throws ProblemException as {@link #items}
     */
    public DealCollection page(Optional<User> viewer, long id, ItemQuery query) {
        return collections.page(viewer, id, query);
    }

    /** Returns the cursor of the items after one of a page, in the order of positions and without a filter. */
    public String cursorAfter(DealCollection page, CollectionItem item) {
        return ItemCursor.after(item, page, ItemCursor.of(page.id(), ItemQuery.ALL), ItemOrder.POSITION);
    }

    /**
     * Deletes up to {@code batch} order keys that were replaced more than {@code days} days ago. Cursors with such a
     * key are rejected from then on. Returns their number. One statement.
     */
    public int deleteFormerKeys(int days, int batch) {
        return items.deleteFormerKeys(days, batch);
    }

    /**
     * Returns a collection of the user without its items. One statement.
     *
     * @throws ProblemException not found; forbidden, if the collection is public and belongs to another user
     */
    public DealCollection getOwned(User owner, long id) {
        return collections.getOwned(owner, id);
    }

    /**
     * Locks the row of a collection until the end of the caller's transaction, and returns the collection without its
     * items. Changes of a collection and its items take this lock, so they run one after the other. One statement.
     *
     * @throws ProblemException as {@link #getOwned}
     */
    public DealCollection lockOwned(User owner, long id) {
        return collections.lockOwned(owner, id);
    }

    /**
     * Adds a listing to a collection: at the position of the input, or at the end.
     *
     * @throws ProblemException not found, forbidden, {@link #DUPLICATE_ITEM}; invalid for an unknown listing
     */
    public CollectionItem add(User owner, long collectionId, ItemInput input) {
        return items.add(owner, collectionId, input);
    }

    /**
     * Appends listings to a collection in the given order. Listings that the collection contains already stay where
     * they are. Returns the number of added listings. A fixed number of statements.
     *
     * @throws ProblemException not found, forbidden; invalid with a pointer to each unknown listing
     */
    public int addAll(User owner, long collectionId, List<Long> listingIds) {
        return items.addAll(owner, collectionId, listingIds);
    }

    /**
     * Creates a private copy of a collection for a user who has a valid link to it. The caller checks the link.
     * Unlike without a link, an unlisted collection can be copied too. Two statements for any number of items.
     *
     * @param name null for the name of the source
     * @return empty if the source was deleted or made private in the meantime
     */
    public Optional<DealCollection> copyByLink(User user, long sourceId, @Nullable String name) {
        return copies.copyByLink(user, sourceId, name);
    }

    /** Adds the words of collections that were written without; returns their number. */
    public int fillWords() {
        return collections.fillWords();
    }

    /** Returns the counter of the views of collections. */
    public ViewCounter viewCounter() {
        return viewCounter;
    }
}
