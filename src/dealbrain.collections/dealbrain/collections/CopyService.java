package dealbrain.collections;

import dealbrain.accounts.User;
import dealbrain.database.Transactions;
import dealbrain.http.ProblemException;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Copies of collections: the listings in their order, and one's own notes and statuses. Safe for use by many threads. */
public final class CopyService {
    private final Jdbi jdbi;
    private final CopyDao dao;

    public CopyService(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.dao = jdbi.onDemand(CopyDao.class);
    }

    /**
     * Makes a private copy of a collection of one's own or of a public one. Two statements for any number of items.
     *
     * @param name null for the name of the source
     * @throws ProblemException not found, also when it is neither
     */
    public DealCollection copy(User user, long sourceId, @Nullable String name) {
        return copy(user, sourceId, name, false).orElseThrow(() -> ProblemException.notFound("collection", sourceId));
    }

    /**
     * The same for somebody who has a link to it, which the caller has looked at: an unlisted one can be copied too. Empty
     * when it is neither any more, because it was made private or deleted since.
     */
    public Optional<DealCollection> copyByLink(User user, long sourceId, @Nullable String name) {
        return copy(user, sourceId, name, true);
    }

    private Optional<DealCollection> copy(User user, long sourceId, @Nullable String name, boolean byLink) {
        return Transactions.inTransaction(
                jdbi, () -> dao.copy(sourceId, user.id(), name, byLink).map(dao::find));
    }
}
