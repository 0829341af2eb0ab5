package dealbrain.listings;

import dealbrain.database.ConstraintViolation;
import dealbrain.http.ProblemException;
import dealbrain.json.InputError;
import java.util.List;
import java.util.function.Supplier;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** Turns violations of the constraints on {@code listing} into problems. Thread-safe. */
final class ListingConstraints {
    private final ListingDao dao;

    ListingConstraints(ListingDao dao) {
        this.dao = dao;
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

    /**
     * Runs a statement that writes {@code inputs}, inside of {@link #explained}.
     *
     * @throws ProblemException duplicate listing
     */
    static <T> T write(String inputs, Supplier<T> statement) {
        try {
            return statement.get();
        } catch (UnableToExecuteStatementException e) {
            ConstraintViolation violation = ConstraintViolation.of(e).orElseThrow(() -> e);
            if (violation.constraint().equals(Listings.UNIQUE_KEY)) {
                throw Listings.duplicate();
            }
            if (violation.isForeignKey()) {
                throw new MissingPartException(inputs, e);
            }
            throw e;
        }
    }

    /**
     * Runs {@code work}, which is or contains a transaction. One statement more if a part does not exist.
     *
     * @param pointer the start of the pointers to inputs, such as {@code /listings/}; empty if there is one input
     * @throws ProblemException invalid, with the pointer of each part that does not exist
     */
    <T> T explained(String pointer, Supplier<T> work) {
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
