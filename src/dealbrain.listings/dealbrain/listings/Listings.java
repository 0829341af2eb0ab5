package dealbrain.listings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.accounts.Authentication;
import dealbrain.accounts.User;
import dealbrain.database.ConstraintViolation;
import dealbrain.database.PagedRows;
import dealbrain.database.Transactions;
import dealbrain.http.IfMatch;
import dealbrain.http.PagedList;
import dealbrain.http.ProblemException;
import dealbrain.http.ProblemType;
import dealbrain.http.Router;
import dealbrain.json.InputError;
import dealbrain.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** Listings. Each user can read them; their owners and administrators can change them. Thread-safe. */
public final class Listings {
    static final ProblemType DUPLICATE_LISTING = ProblemType.conflict(
            "duplicate-listing",
            "The listing exists already",
            "A listing with the same marketplace and vendor_item_id exists. Change that one, or omit one of the two.");

    private static final int MAX_ERRORS = 100;

    private final Jdbi jdbi;
    private final ListingDao dao;
    private final Authentication authentication;

    public Listings(Jdbi jdbi, Authentication authentication) {
        this.jdbi = jdbi;
        this.dao = jdbi.onDemand(ListingDao.class);
        this.authentication = authentication;
    }

    public void routes(Router router) {
        new ListingHandler(this, authentication).routes(router);
    }

    /** Returns one page of the listings that match a query, with all relations. One statement. */
    PagedList<Listing> search(ListingQuery query) {
        PagedRows<Listing> page = dao.search(new ListingSearch(query));
        return new PagedList<>(page.rows(), page.total(), query.page());
    }

    /**
     * Returns a listing with all relations. One statement.
     *
     * @throws ProblemException not found
     */
    public Listing get(long id) {
        return dao.find(id).orElseThrow(() -> ProblemException.notFound("listing", id));
    }

    /**
     * Creates a listing. One statement.
     *
     * @throws ProblemException duplicate listing; invalid, if a part does not exist
     */
    public Listing create(User owner, ListingInput input) {
        String inputs = validated(input);
        return explained("", () -> write(inputs, () -> dao.insert(owner.id(), inputs)));
    }

    /**
     * Creates many listings, all or none. One statement.
     *
     * @return their ids in the order of the inputs
     * @throws ProblemException duplicate listing; invalid, with the pointer of each part that does not exist
     */
    public List<Long> createAll(User owner, List<ListingInput> listings) {
        String inputs = validated(listings);
        // retried after a deadlock with a request that creates the same listings in another order: then they are
        // duplicates
        return explained(
                "/listings/",
                () -> Transactions.inTransaction(jdbi, () -> write(inputs, () -> dao.insertAll(owner.id(), inputs))));
    }

    /**
     * Creates the listings of a file, in the caller's transaction. One statement.
     *
     * @param rows members of {@link ListingInput}, already validated; absent members are null
     * @return their ids in the order of the rows
     * @throws UnableToExecuteStatementException on a duplicate, or if a part was deleted in the meantime
     */
    public List<Long> createAll(User owner, Stream<ObjectNode> rows) {
        return dao.insertAll(owner.id(), Json.text(rows.toList()));
    }

    private static String validated(ListingInput input) {
        return validated(input.errors(""), List.of(input));
    }

    private static String validated(List<ListingInput> listings) {
        List<InputError> errors = new ArrayList<>();
        for (int i = 0; i < listings.size() && errors.size() < MAX_ERRORS; i++) {
            errors.addAll(listings.get(i).errors("/listings/" + i));
        }
        return validated(errors.stream().limit(MAX_ERRORS).toList(), listings);
    }

    private static String validated(List<InputError> errors, List<ListingInput> listings) {
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return Json.text(listings);
    }

    /**
     * Changes a listing under a row lock. Two statements.
     *
     * @throws ProblemException not found, forbidden, precondition failed, invalid, duplicate listing, and
     *                          what {@code edit} throws
     */
    public Listing update(User user, long id, IfMatch condition, UnaryOperator<ListingInput> edit) {
        return explained(
                "",
                () -> Transactions.inTransaction(jdbi, () -> {
                    ListingDao.LockedListing locked = lockForWrite(user, id, condition);
                    String inputs = validated(edit.apply(Json.read(locked.input(), ListingInput.class)));
                    return write(inputs, () -> dao.update(id, inputs));
                }));
    }

    /**
     * Deletes a listing and its items in collections. Two statements.
     *
     * @throws ProblemException not found, forbidden, precondition failed
     */
    public void delete(User user, long id, IfMatch condition) {
        Transactions.useTransaction(jdbi, () -> {
            lockForWrite(user, id, condition);
            dao.delete(id);
        });
    }

    private ListingDao.LockedListing lockForWrite(User user, long id, IfMatch condition) {
        ListingDao.LockedListing locked = dao.lock(id).orElseThrow(() -> ProblemException.notFound("listing", id));
        if (locked.ownerId() != user.id() && !user.isAdmin()) {
            throw ProblemException.forbidden("listing " + id + " belongs to another user");
        }
        condition.require(locked);
        return locked;
    }

    private static <T> T write(String inputs, Supplier<T> statement) {
        try {
            return statement.get();
        } catch (UnableToExecuteStatementException e) {
            ConstraintViolation violation = ConstraintViolation.of(e).orElseThrow(() -> e);
            if (violation.constraint().equals("listing_vendor_item_key")) {
                throw new ProblemException(
                        DUPLICATE_LISTING, "a listing with this marketplace and vendor_item_id exists");
            }
            if (violation.isForeignKey()) {
                throw new MissingPartException(inputs, e);
            }
            throw e;
        }
    }

    /** Leaves the transaction, which PostgreSQL has aborted, before {@link #explained} looks for the missing parts. */
    private static final class MissingPartException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String inputs;

        MissingPartException(String inputs, UnableToExecuteStatementException cause) {
            super(cause);
            this.inputs = inputs;
        }
    }

    private <T> T explained(String pointer, Supplier<T> work) {
        try {
            return work.get();
        } catch (MissingPartException e) {
            List<InputError> errors = dao.missingParts(e.inputs).stream()
                    .map(part -> error(pointer, part))
                    .toList();
            if (errors.isEmpty()) { // the part exists again
                throw e;
            }
            throw ProblemException.invalid(errors);
        }
    }

    private static InputError error(String pointer, ListingDao.MissingPart part) {
        String listing = pointer.isEmpty() ? "" : pointer + (part.number() - 1);
        return InputError.at(
                listing + "/" + part.field(), part.field() + " must be the id of an existing part, was " + part.id());
    }
}
