package dealbrain.app;

import dealbrain.accounts.Accounts;
import dealbrain.changes.ChangeLog;
import dealbrain.inbox.Inbox;
import dealbrain.notifications.Notifications;
import dealbrain.shares.Shares;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes what nobody needs any more: shares and tokens that expired long ago, notifications that were read long ago, the log of old changes. */
final class Sweep implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
    private static final int EXPIRED_DAYS = 30;
    private static final int NOTIFICATION_DAYS = 90;
    /** So few rows at once that nobody waits for a lock of theirs. */
    private static final int BATCH = 1000;

    private final Shares shares;
    private final Inbox inbox;
    private final Notifications notifications;
    private final Accounts accounts;
    private final ChangeLog changes;

    Sweep(Shares shares, Inbox inbox, Notifications notifications, Accounts accounts, ChangeLog changes) {
        this.shares = shares;
        this.inbox = inbox;
        this.notifications = notifications;
        this.accounts = accounts;
        this.changes = changes;
    }

    @Override
    public void run() {
        int expired = all(() -> shares.deleteExpired(EXPIRED_DAYS, BATCH) + inbox.deleteExpired(EXPIRED_DAYS, BATCH));
        int read = all(() -> notifications.deleteRead(NOTIFICATION_DAYS, BATCH));
        int ended = all(() -> accounts.deleteExpiredTokens(EXPIRED_DAYS, BATCH));
        int heard = all(() -> changes.deleteOld(BATCH));
        LOG.atInfo()
                .addKeyValue("shares", expired)
                .addKeyValue("notifications", read)
                .addKeyValue("tokens", ended)
                .addKeyValue("changes", heard)
                .log("swept");
    }

    private static int all(IntSupplier batch) {
        int total = 0;
        for (int deleted = batch.getAsInt(); deleted > 0; deleted = batch.getAsInt()) {
            total += deleted;
        }
        return total;
    }
}
