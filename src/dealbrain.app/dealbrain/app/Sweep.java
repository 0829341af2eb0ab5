package dealbrain.app;

import dealbrain.accounts.Accounts;
import dealbrain.changes.ChangeLog;
import dealbrain.collections.DealCollections;
import dealbrain.inbox.Inbox;
import dealbrain.notifications.Notifications;
import dealbrain.shares.Shares;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes rows that are no longer needed: expired shares, tokens and invitations, read notifications, former order keys,
 * old changes and entries of the audit log.
 */
final class Sweep implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
    private static final int EXPIRED_DAYS = 30;
    private static final int NOTIFICATION_DAYS = 90;
    /** The time for which a cursor is valid after the order keys of its collection were replaced. */
    private static final int KEY_DAYS = 7;

    private static final int AUDIT_DAYS = 365;
    /** The maximum number of rows of one statement, so that it holds their locks only briefly. */
    private static final int BATCH = 1000;

    private final Shares shares;
    private final Inbox inbox;
    private final Notifications notifications;
    private final Accounts accounts;
    private final DealCollections collections;
    private final ChangeLog changes;

    Sweep(
            Shares shares,
            Inbox inbox,
            Notifications notifications,
            Accounts accounts,
            DealCollections collections,
            ChangeLog changes) {
        this.shares = shares;
        this.inbox = inbox;
        this.notifications = notifications;
        this.accounts = accounts;
        this.collections = collections;
        this.changes = changes;
    }

    @Override
    public void run() {
        int deletedShares =
                deleteAll(() -> shares.deleteExpired(EXPIRED_DAYS, BATCH) + inbox.deleteExpired(EXPIRED_DAYS, BATCH));
        int deletedNotifications = deleteAll(() -> notifications.deleteRead(NOTIFICATION_DAYS, BATCH));
        int deletedTokens = deleteAll(() -> accounts.deleteExpiredTokens(EXPIRED_DAYS, BATCH));
        int deletedInvites = deleteAll(() -> accounts.deleteExpiredInvites(EXPIRED_DAYS, BATCH));
        int deletedKeys = deleteAll(() -> collections.deleteFormerKeys(KEY_DAYS, BATCH));
        int deletedEntries = deleteAll(() -> accounts.deleteOldAuditEntries(AUDIT_DAYS, BATCH));
        changes.recordCheckpoint();
        int deletedChanges = deleteAll(() -> changes.deleteOld(BATCH));
        LOG.atInfo()
                .addKeyValue("shares", deletedShares)
                .addKeyValue("notifications", deletedNotifications)
                .addKeyValue("tokens", deletedTokens)
                .addKeyValue("invites", deletedInvites)
                .addKeyValue("order_keys", deletedKeys)
                .addKeyValue("audit_entries", deletedEntries)
                .addKeyValue("changes", deletedChanges)
                .log("old rows deleted");
    }

    /** Calls {@code batch} until it deletes nothing. Returns the total. */
    private static int deleteAll(IntSupplier batch) {
        int total = 0;
        for (int deleted = batch.getAsInt(); deleted > 0; deleted = batch.getAsInt()) {
            total += deleted;
        }
        return total;
    }
}
