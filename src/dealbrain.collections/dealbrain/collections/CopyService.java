package dealbrain.collections;

import dealbrain.accounts.User;
import dealbrain.database.Transactions;
import dealbrain.http.ProblemException;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Copies of collections. A copy has the listings in the same order; statuses and notes are copied from the user's own
 * collections only. Thread-safe.
 */
final class CopyService {
    private final Jdbi jdbi;
    private final CopyDao dao;
    private final CollectionDao collections;

    CopyService(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.dao = jdbi.onDemand(CopyDao.class);
        this.collections = jdbi.onDemand(CollectionDao.class);
    }

    /**
     * Creates a private copy of a collection of the user or of a public one. Two statements for any number of items.
     *
     * @param name null for the name of the source
     * @throws ProblemException not found, also for a collection of another user that is not public
     */
    DealCollection copy(User user, long sourceId, @Nullable String name) {
        return copy(user, sourceId, name, false).orElseThrow(() -> ProblemException.notFound("collection", sourceId));
    }

    /**
     * Creates a private copy of a collection for a user who has a valid link to it. The caller checks the link.
     * Unlike without a link, an unlisted collection can be copied too. Two statements for any number of items.
     *
     * @param name null for the name of the source
     * @return empty if the source was deleted or made private in the meantime
     */
    Optional<DealCollection> copyByLink(User user, long sourceId, @Nullable String name) {
        return copy(user, sourceId, name, true);
    }

    private Optional<DealCollection> copy(User user, long sourceId, @Nullable String name, boolean byLink) {
        return Transactions.inTransaction(
                jdbi,
                // a second statement, because triggers set the item count after the first one
                () -> dao.copy(sourceId, user.id(), name, byLink).map(collections::findCopied));
    }
}
