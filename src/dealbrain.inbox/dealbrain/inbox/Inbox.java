package dealbrain.inbox;

import dealbrain.accounts.Authentication;
import dealbrain.collections.DealCollections;
import dealbrain.http.Router;
import dealbrain.notifications.Notifications;
import org.jdbi.v3.core.Jdbi;

/** Listings that one user shares with another: the endpoints, and the methods that other modules call. Thread-safe. */
public final class Inbox {
    private final UserShareService shares;
    private final UserShareHandler handler;

    public Inbox(Jdbi jdbi, Authentication authentication, DealCollections collections, Notifications notifications) {
        shares = new UserShareService(jdbi, collections, notifications);
        handler = new UserShareHandler(shares, authentication);
    }

    public void routes(Router router) {
        handler.routes(router);
    }

    /**
     * Deletes up to {@code batch} shares that expired more than {@code days} days ago. Returns their number. One
     * statement.
     */
    public int deleteExpired(int days, int batch) {
        return shares.deleteExpired(days, batch);
    }
}
