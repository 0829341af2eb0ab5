package dealbrain.listings;

import dealbrain.accounts.User;
import dealbrain.database.Transactions;
import dealbrain.http.IfMatch;
import dealbrain.http.ProblemException;
import dealbrain.http.ProblemType;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/** The listings of a user, found by their unique keys. Thread-safe. */
final class OwnListings {
    /** A listing that was created or replaced. */
    record Stored(Listing listing, boolean isNew) {}

    /** The parameters of the statements that write a listing. */
    private record Row(String inputs, String words) {}

    private final Jdbi jdbi;
    private final ListingDao dao;
    private final Listings listings;
    private final ListingConstraints constraints;

    OwnListings(Jdbi jdbi, Listings listings) {
        this.jdbi = jdbi;
        this.dao = jdbi.onDemand(ListingDao.class);
        this.listings = listings;
        this.constraints = new ListingConstraints(dao);
    }

    /**
     * Returns the user's listing with a unique key, with all relations. One statement.
     *
     * @throws ProblemException not found
     */
    Listing get(User owner, ListingSource source) {
        return dao.findBySource(owner.id(), source).orElseThrow(() -> ProblemException.notFound("listing", source));
    }

    /**
     * Creates the user's listing with a unique key, or replaces it. Of concurrent requests, one creates the listing and
     * the others replace it. Two statements, up to four if a concurrent request creates or deletes it, and those of
     * {@link Listings#resolveParts} if a part is named.
     *
     * @param condition empty if the listing need not exist
     * @throws ProblemException precondition failed; invalid; duplicate listing, after two conflicts in a row
     */
    Stored put(User owner, ListingSource source, Optional<IfMatch> condition, ListingInput body) {
        ListingInput input = source.complete(body);
        String words = ListingWords.vectors(Stream.of(input.searchedText()));
        return constraints.explained(
                "",
                () -> Transactions.inTransaction(jdbi, () -> {
                    // before parts are created, because changes of a listing lock it before the unique keys
                    Optional<ListingDao.LockedSource> locked = lock(owner, source);
                    Row row = new Row(listings.validated(input), words);
                    Stored stored = replaced(owner, locked, condition, row)
                            .or(() -> created(owner, condition, row))
                            .or(() -> replaced(owner, lock(owner, source), condition, row)) // created meanwhile
                            .or(() -> created(owner, condition, row)) // deleted meanwhile
                            .orElseThrow(Listings::duplicate);
                    StatedValues.of(input).requireAccepted(stored.listing());
                    return stored;
                }));
    }

    private Optional<ListingDao.LockedSource> lock(User owner, ListingSource source) {
        return dao.lockBySource(owner.id(), source.marketplace(), source.vendorItemId());
    }

    /** Returns empty if there is no such listing. Its key stays the same, so the lock of keys is not needed. */
    private Optional<Stored> replaced(
            User owner, Optional<ListingDao.LockedSource> stored, Optional<IfMatch> condition, Row row) {
        return stored.map(locked -> {
                    condition.ifPresent(ifMatch -> ifMatch.require(locked));
                    return ListingConstraints.write(
                            row.inputs(), () -> dao.update(owner.id(), locked.id(), row.inputs(), row.words()));
                })
                .map(listing -> new Stored(listing, false));
    }

    /** Returns empty if the key exists. */
    private Optional<Stored> created(User owner, Optional<IfMatch> condition, Row row) {
        if (condition.isPresent()) {
            throw new ProblemException(
                    ProblemType.PRECONDITION_FAILED, "the listing does not exist; leave out If-Match to create it");
        }
        return ListingConstraints.write(
                        row.inputs(), () -> dao.insertUnlessPresent(owner.id(), row.inputs(), row.words()))
                .map(listing -> new Stored(listing, true));
    }
}
