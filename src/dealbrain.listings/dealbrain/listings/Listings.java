package dealbrain.listings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.accounts.AuditAction;
import dealbrain.accounts.AuditLog;
import dealbrain.accounts.AuditTarget;
import dealbrain.accounts.Authentication;
import dealbrain.accounts.User;
import dealbrain.catalog.Catalog;
import dealbrain.database.PageRange;
import dealbrain.database.PagedRows;
import dealbrain.database.Transactions;
import dealbrain.database.UniqueKeys;
import dealbrain.http.IfMatch;
import dealbrain.http.ListCursors;
import dealbrain.http.PagedList;
import dealbrain.http.ProblemException;
import dealbrain.http.ProblemType;
import dealbrain.http.Router;
import dealbrain.json.InputError;
import dealbrain.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * Listings. Each user can read them; their owners and administrators can change them. Notes and attributes are for the
 * owner only (docs/decisions/0028-ownership.md). Thread-safe.
 */
public final class Listings {
    public static final ProblemType DUPLICATE_LISTING = ProblemType.conflict(
            "duplicate-listing",
            "The listing exists already",
            "A listing of the same owner with this marketplace and vendor_item_id exists. Change that one, or omit one of "
                    + "the two.");

    /** The name of the constraint on marketplace and {@code vendor_item_id}. */
    public static final String UNIQUE_KEY = "listing_vendor_item_key";

    private static final int MAX_ERRORS = 100;

    private final Jdbi jdbi;
    private final AuditLog audit;
    private final ListingDao dao;
    private final UniqueKeys keys;
    private final Authentication authentication;
    private final ListingParts parts;
    private final ListingConstraints constraints;

    public Listings(Jdbi jdbi, Authentication authentication, Catalog catalog) {
        this.jdbi = jdbi;
        this.audit = new AuditLog(jdbi);
        this.dao = jdbi.onDemand(ListingDao.class);
        this.keys = jdbi.onDemand(UniqueKeys.class);
        this.authentication = authentication;
        this.parts = new ListingParts(catalog);
        this.constraints = new ListingConstraints(dao);
    }

    public void routes(Router router) {
        new ListingHandler(this, new OwnListings(jdbi, this), authentication).routes(router);
    }

    /** Returns one page of the listings that match a query, with all relations. One statement. */
    PagedList<Listing> search(User viewer, ListingQuery query) {
        return search(viewer, query, ListingSearch.Limits.DEFAULT);
    }

    /** As {@link #search(User, ListingQuery)}, with other limits: tests read a few listings in each way. */
    PagedList<Listing> search(User viewer, ListingQuery query, ListingSearch.Limits limits) {
        ListCursors cursors = query.owner() == null
                ? new ListCursors(query, "listings")
                : new ListCursors(query, "listings", viewer.id());
        PagedRows<Listing> found = dao.search(
                viewer.id(),
                new ListingSearch(viewer.id(), query, cursors.start(), limits),
                new PageRange(query.limit(), query.offset(), query.count().maxRows()));
        return PagedList.of(
                query,
                found.rows(),
                found.counted(),
                found.next(last -> cursors.after(query.order().key(last), last.id())));
    }

    /**
     * Returns a listing with all relations. One statement.
     *
     * @throws ProblemException not found
     */
    public Listing get(User viewer, long id) {
        return dao.find(viewer.id(), id).orElseThrow(() -> ProblemException.notFound("listing", id));
    }

    /** Returns those of the listings that exist, with all relations, in the order of their ids. One statement. */
    public List<Listing> findAll(User viewer, List<Long> ids) {
        return dao.findAll(viewer.id(), ids);
    }

    /**
     * Creates a listing. One statement, and those of {@link #resolveParts} if a part is named.
     *
     * @throws ProblemException duplicate listing; invalid, if a part does not exist, or if a value is computed
     */
    public Listing create(User owner, ListingInput input) {
        String words = ListingWords.vectors(Stream.of(input.searchedText()));
        StatedValues stated = StatedValues.of(input);
        Supplier<Listing> work = () -> {
            String inputs = validated(input);
            return stated.requireAccepted(
                    ListingConstraints.write(inputs, () -> dao.insert(owner.id(), inputs, words)));
        };
        boolean needsTransaction = input.namesParts() || !stated.isEmpty();
        return constraints.explained("", needsTransaction ? () -> Transactions.inTransaction(jdbi, work) : work);
    }

    /**
     * Creates many listings, all or none. One statement, one more each if one of them has a {@code vendor_item_id} or a
     * value that may be computed, and those of {@link #resolveParts} if parts are named.
     *
     * @return their ids in the order of the inputs
     * @throws ProblemException duplicate listing; invalid, with the pointer of each part that does not exist
     */
    public List<Long> createAll(User owner, List<ListingInput> listings) {
        String words = ListingWords.vectors(listings.stream().map(ListingInput::searchedText));
        boolean hasKeys = listings.stream().anyMatch(ListingInput::hasVendorItem);
        return constraints.explained(
                "/listings/",
                () -> Transactions.inTransaction(jdbi, () -> {
                    if (hasKeys) {
                        keys.lock();
                    }
                    String inputs = validated(listings, "/listings/");
                    List<Long> ids = ListingConstraints.write(inputs, () -> dao.insertAll(owner.id(), inputs, words));
                    requireAccepted(owner, listings, ids);
                    return ids;
                }));
    }

    /** Refuses stated values that are computed. The ids are in the order of the listings, and ascending. */
    private void requireAccepted(User owner, List<ListingInput> listings, List<Long> ids) {
        List<Integer> stating = IntStream.range(0, ids.size())
                .filter(i -> !StatedValues.of(listings.get(i)).isEmpty())
                .boxed()
                .toList();
        if (stating.isEmpty()) {
            return;
        }
        List<Listing> written =
                dao.findAll(owner.id(), stating.stream().map(ids::get).toList());
        List<InputError> errors = new ArrayList<>();
        for (int i = 0; i < written.size() && errors.size() < MAX_ERRORS; i++) {
            int index = stating.get(i);
            errors.addAll(StatedValues.of(listings.get(index)).errors("/listings/" + index, written.get(i)));
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors.stream().limit(MAX_ERRORS).toList());
        }
    }

    /**
     * Creates the listings of a file, in the caller's transaction, which holds the lock of {@link UniqueKeys}. One
     * statement.
     *
     * @param rows members of {@link ListingInput}, already validated; absent members are null
     * @return their ids in the order of the rows
     * @throws UnableToExecuteStatementException on a duplicate, or if a part was deleted in the meantime
     */
    public List<Long> createAll(User owner, Stream<ObjectNode> rows) {
        List<ObjectNode> inputs = rows.toList();
        String words = ListingWords.vectors(inputs.stream().map(ListingWords::text));
        return dao.insertAll(owner.id(), Json.text(inputs), words);
    }

    /**
     * A change of a listing by a file.
     *
     * @param members  the members to change, already validated; null clears one
     * @param searched the texts that the changed listing is found by
     */
    public record Change(long id, ObjectNode members, String searched) {}

    /**
     * Changes listings, in the caller's transaction, which has locked their rows and their new unique keys. One
     * statement.
     *
     * @throws UnableToExecuteStatementException on a duplicate, or if a part was deleted in the meantime
     */
    public void changeAll(List<Change> changes) {
        dao.changeAll(Json.text(changes), ListingWords.vectors(changes.stream().map(Change::searched)));
    }

    /**
     * Returns up to {@code limit} of the user's own listings after an id, in the order of their ids. One statement.
     */
    public List<Listing> ownAfter(User owner, long afterId, int limit) {
        return dao.ownAfter(owner.id(), afterId, limit);
    }

    /**
     * Replaces the words of listings whose texts were changed without them, or whose CPU or GPU has another name.
     * Returns the number of listings. Two statements for each thousand.
     */
    public int fillWords() {
        return ListingWords.fill(jdbi);
    }

    /**
     * Returns the members of inputs with the ids of the parts that they name, and creates memory and drives that are
     * described and do not exist. In the caller's transaction: one statement for each kind of part that is named, one
     * more for memory or drives whose description is no label, and at most five if any of them are created.
     */
    public List<ResolvedListing> resolveParts(List<ListingInput> inputs) {
        return parts.resolve(inputs);
    }

    String validated(ListingInput input) {
        return validated(List.of(input), "");
    }

    /** Returns the inputs as JSON, with the ids of their parts. */
    private String validated(List<ListingInput> inputs, String pointer) {
        boolean areNamed = inputs.stream().anyMatch(ListingInput::namesParts);
        List<ResolvedListing> resolved = areNamed ? parts.resolve(inputs) : List.of();
        List<InputError> errors = new ArrayList<>();
        for (int i = 0; i < inputs.size() && errors.size() < MAX_ERRORS; i++) {
            String listing = pointer.isEmpty() ? "" : pointer + i;
            errors.addAll(inputs.get(i).errors(listing));
            if (areNamed) {
                resolved.get(i).errors().forEach(error -> errors.add(error.under(listing)));
            }
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors.stream().limit(MAX_ERRORS).toList());
        }
        return Json.text(
                areNamed ? resolved.stream().map(ResolvedListing::members).toList() : inputs);
    }

    /**
     * Changes a listing under a row lock. Returns it as its owner sees it, also to an administrator. Two statements,
     * three if its {@code vendor_item_id} changes, one more for an administrator who is not the owner, and those of
     * {@link #resolveParts} if a part is named.
     *
     * @throws ProblemException not found, forbidden, precondition failed, invalid, duplicate listing, and
     *                          what {@code edit} throws
     */
    public Listing update(User user, long id, IfMatch condition, UnaryOperator<ListingInput> edit) {
        return constraints.explained(
                "",
                () -> Transactions.inTransaction(jdbi, () -> {
                    ListingDao.LockedListing locked = requireWritable(dao.lockToUpdate(id), user, id, condition);
                    ListingInput stored = Json.read(locked.input(), ListingInput.class);
                    ListingInput changed = edit.apply(stored);
                    String inputs = validated(changed);
                    String words = ListingWords.vectors(Stream.of(changed.searchedText()));
                    if (changed.hasVendorItem() && !changed.hasVendorItemOf(stored)) {
                        keys.lock();
                    }
                    Listing written =
                            ListingConstraints.write(inputs, () -> dao.update(locked.ownerId(), id, inputs, words));
                    if (!locked.isOwnedBy(user)) {
                        recordForOwner(AuditAction.LISTING_CHANGED, user, id, locked);
                    }
                    return StatedValues.of(changed)
                            .except(StatedValues.of(stored))
                            .requireAccepted(written);
                }));
    }

    /**
     * Deletes a listing with its items in the owner's collections. If other users have it in a collection, they keep it
     * without the owner and what is the owner's alone, and are notified. An administrator who is not the owner deletes
     * it for all users. Two statements, one more for such an administrator.
     *
     * @throws ProblemException not found, forbidden, precondition failed
     */
    public void delete(User user, long id, IfMatch condition) {
        Transactions.useTransaction(jdbi, () -> {
            ListingDao.LockedListing locked = requireWritable(dao.lockToDelete(id), user, id, condition);
            if (locked.isOwnedBy(user)) {
                dao.deleteOwn(id);
            } else {
                dao.deleteForAll(id);
                recordForOwner(AuditAction.LISTING_DELETED, user, id, locked);
            }
        });
    }

    /** Records what an administrator did to a listing of another user. */
    private void recordForOwner(AuditAction action, User admin, long id, ListingDao.LockedListing locked) {
        audit.record(
                action,
                admin,
                AuditTarget.of("listing", id),
                locked.ownerId() == null ? Map.of() : Map.of("owner_id", locked.ownerId()));
    }

    private static ListingDao.LockedListing requireWritable(
            Optional<ListingDao.LockedListing> stored, User user, long id, IfMatch condition) {
        ListingDao.LockedListing locked = stored.orElseThrow(() -> ProblemException.notFound("listing", id));
        if (!locked.isOwnedBy(user) && !user.isAdmin()) {
            throw ProblemException.forbidden(
                    "listing " + id + (locked.ownerId() == null ? " has no owner" : " belongs to another user"));
        }
        condition.require(locked);
        return locked;
    }

    /** Returns the problem for a violation of {@link #UNIQUE_KEY}. */
    public static ProblemException duplicate() {
        return new ProblemException(
                DUPLICATE_LISTING, "a listing of the same owner with this marketplace and vendor_item_id exists");
    }
}
