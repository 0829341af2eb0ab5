package dealbrain.accounts;

import dealbrain.accounts.AuditHandler.AuditQuery;
import dealbrain.database.PageRange;
import dealbrain.database.PagedRows;
import dealbrain.database.Words;
import dealbrain.http.Handler;
import dealbrain.http.ListCursors;
import dealbrain.http.PagedList;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.json.Json;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The audit log: what administrators did, and sign-ins. An entry is written in the transaction of its action, so that
 * there is no action without one. It has the address and the id of the request that this thread processes. Thread-safe.
 */
public final class AuditLog {
    /** The rows of failed sign-ins in one hour, for one network and for all, after which they share a row. */
    static final int FAILURES_OF_NETWORK = 10;

    static final int FAILURES_OF_ALL = 200;

    private static final ScopedValue<Request> REQUEST = ScopedValue.newInstance();

    private final AuditDao dao;

    public AuditLog(Jdbi jdbi) {
        this.dao = jdbi.onDemand(AuditDao.class);
    }

    /** Processes a request, whose address and id the entries have that are recorded meanwhile. */
    static Response within(Request request, Handler next) {
        return ScopedValue.where(REQUEST, request).call(() -> next.handle(request));
    }

    /**
     * Records an action. One statement, in the transaction of the caller if there is one.
     *
     * @param actor   null for the server itself
     * @param details become a JSON object; must not contain secrets
     */
    public void record(AuditAction action, @Nullable User actor, AuditTarget target, Map<String, ?> details) {
        insert(action, actor == null ? null : actor.id(), actor == null ? null : actor.username(), target, details);
    }

    /** Records an action of the user with an id, as {@link #record} does. */
    void recordOf(long actorId, AuditAction action, AuditTarget target, Map<String, ?> details) {
        insert(action, actorId, null, target, details);
    }

    private void insert(
            AuditAction action,
            @Nullable Long actorId,
            @Nullable String actorName,
            AuditTarget target,
            Map<String, ?> details) {
        dao.insert(
                action,
                actorId,
                actorName,
                target.kind(),
                target.id(),
                target.name(),
                ofRequest(request -> request.client().getHostAddress()),
                ofRequest(Request::id),
                Json.text(details));
    }

    /**
     * Records a failed sign-in. The number of rows in an hour is limited, so that an attacker cannot fill the disk. The
     * same statement for a username that does not exist, which is not stored.
     *
     * @param network the {@link Request#network} of the client
     */
    void recordFailedSignIn(String username, String network) {
        dao.countFailure(
                Words.foldName(username), network, ofRequest(Request::id), FAILURES_OF_NETWORK, FAILURES_OF_ALL);
    }

    private static @Nullable String ofRequest(Function<Request, String> member) {
        return Optional.ofNullable(REQUEST.isBound() ? REQUEST.get() : null)
                .map(member)
                .orElse(null);
    }

    /** Returns the entries that the query selects, newest first. One statement. */
    PagedList<AuditEntry> list(AuditQuery query) {
        ListCursors cursors = new ListCursors(query, "audit");
        PagedRows<AuditEntry> found = dao.list(
                query,
                cursors.startOfNewest(),
                new PageRange(query.limit(), query.offset(), query.count().maxRows()));
        return PagedList.of(
                query,
                found.rows(),
                found.counted(),
                found.next(entry -> cursors.after(entry.createdAt(), entry.id())));
    }

    /** Deletes up to {@code batch} entries that are more than {@code days} old; returns their number. One statement. */
    int deleteOld(int days, int batch) {
        return dao.deleteOld(days, batch);
    }
}
