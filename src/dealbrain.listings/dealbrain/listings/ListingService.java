package dealbrain.listings;

import dealbrain.accounts.User;
import dealbrain.database.ConstraintViolation;
import dealbrain.database.PagedRows;
import dealbrain.database.Transactions;
import dealbrain.http.IfMatch;
import dealbrain.http.Json;
import dealbrain.http.Paged;
import dealbrain.http.Problem.Mistake;
import dealbrain.http.ProblemException;
import dealbrain.http.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** The rules of listings: everybody signed in sees them, their owners and administrators change them. Safe for use by many threads. */
public final class ListingService {
    static final ProblemType DUPLICATE_LISTING = ProblemType.conflict(
            "duplicate-listing",
            "There is such a listing",
            "A listing with the same marketplace and vendor_item_id exists. Change that one, or leave one of the two members out.");

    private static final int MAX_MISTAKES = 100;

    private final Jdbi jdbi;
    private final ListingDao dao;

    public ListingService(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.dao = jdbi.onDemand(ListingDao.class);
    }

    /** One page of what the query finds, with all relations. One statement. */
    public Paged<Listing> search(ListingQuery query) {
        PagedRows<Listing> found = dao.search(new ListingSearch(query));
        return new Paged<>(found.rows(), found.total(), query.page());
    }

    /**
     * A listing with all relations. One statement.
     *
     * @throws ProblemException not found
     */
    public Listing get(long id) {
        return dao.find(id).orElseThrow(() -> ProblemException.notFound("listing", id));
    }

    /**
     * Makes a listing. One statement.
     *
     * @throws ProblemException duplicate listing; invalid, when it names parts that do not exist
     */
    public Listing create(User owner, ListingInput input) {
        String inputs = validated(input);
        return explained("", () -> write(inputs, () -> dao.insert(owner.id(), inputs)));
    }

    /**
     * Makes many listings, all or none. One statement.
     *
     * @return their ids in the order of the inputs
     * @throws ProblemException duplicate listing; invalid, with the pointer of each part that does not exist
     */
    public List<Long> createAll(User owner, List<ListingInput> listings) {
        String inputs = validated(listings);
        // again after a deadlock with somebody who makes the same listings in another order: then they are duplicates
        return explained(
                "/listings/",
                () -> Transactions.inTransaction(jdbi, () -> write(inputs, () -> dao.insertAll(owner.id(), inputs))));
    }

    private static String validated(ListingInput input) {
        return validated(input.mistakes(""), List.of(input));
    }

    private static String validated(List<ListingInput> listings) {
        List<Mistake> mistakes = new ArrayList<>();
        for (int i = 0; i < listings.size() && mistakes.size() < MAX_MISTAKES; i++) {
            mistakes.addAll(listings.get(i).mistakes("/listings/" + i));
        }
        return validated(mistakes.stream().limit(MAX_MISTAKES).toList(), listings);
    }

    private static String validated(List<Mistake> mistakes, List<ListingInput> listings) {
        if (!mistakes.isEmpty()) {
            throw ProblemException.invalid(mistakes);
        }
        return Json.text(listings);
    }

    /**
     * Changes a listing, whose row is locked meanwhile. Two statements.
     *
     * @throws ProblemException not found, forbidden, precondition failed, invalid, duplicate listing, and what {@code edit} throws
     */
    public Listing update(User user, long id, IfMatch condition, UnaryOperator<ListingInput> edit) {
        return explained(
                "",
                () -> Transactions.inTransaction(jdbi, () -> {
                    ListingDao.Stored stored = lockForWrite(user, id, condition);
                    String inputs = validated(edit.apply(Json.read(stored.input(), ListingInput.class)));
                    return write(inputs, () -> dao.update(id, inputs));
                }));
    }

    /**
     * Deletes a listing, and with it its places in collections. Two statements.
     *
     * @throws ProblemException not found, forbidden, precondition failed
     */
    public void delete(User user, long id, IfMatch condition) {
        Transactions.useTransaction(jdbi, () -> {
            lockForWrite(user, id, condition);
            dao.delete(id);
        });
    }

    private ListingDao.Stored lockForWrite(User user, long id, IfMatch condition) {
        ListingDao.Stored stored = dao.lock(id).orElseThrow(() -> ProblemException.notFound("listing", id));
        if (stored.ownerId() != user.id() && !user.isAdmin()) {
            throw ProblemException.forbidden("listing " + id + " belongs to somebody else");
        }
        condition.require(stored);
        return stored;
    }

    private static <T> T write(String inputs, Supplier<T> statement) {
        try {
            return statement.get();
        } catch (UnableToExecuteStatementException e) {
            ConstraintViolation broken = ConstraintViolation.of(e).orElseThrow(() -> e);
            if (broken.constraint().equals("listing_vendor_item_key")) {
                throw new ProblemException(
                        DUPLICATE_LISTING, "a listing with this marketplace and vendor_item_id exists");
            }
            throw broken.isForeignKey() ? new UnknownPart(inputs, e) : e;
        }
    }

    /** Leaves the transaction, which PostgreSQL has given up, before it is asked which parts are missing. */
    private static final class UnknownPart extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final String inputs;

        UnknownPart(String inputs, UnableToExecuteStatementException cause) {
            super(cause);
            this.inputs = inputs;
        }
    }

    private <T> T explained(String pointer, Supplier<T> work) {
        try {
            return work.get();
        } catch (UnknownPart e) {
            List<Mistake> mistakes = dao.missingParts(e.inputs).stream()
                    .map(part -> mistake(pointer, part))
                    .toList();
            throw mistakes.isEmpty() ? e : ProblemException.invalid(mistakes);
        }
    }

    private static Mistake mistake(String pointer, ListingDao.MissingPart part) {
        return Mistake.at(
                (pointer.isEmpty() ? "" : pointer + (part.number() - 1)) + "/" + part.field(),
                part.field() + " must be the id of something that exists, was " + part.id());
    }
}
