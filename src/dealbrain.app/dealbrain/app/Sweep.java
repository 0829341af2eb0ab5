package dealbrain.app;

import dealbrain.notifications.NotificationService;
import dealbrain.shares.Shares;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes what nobody needs any more: shares that expired long ago, notifications that were read long ago. */
final class Sweep implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
    private static final int SHARE_DAYS = 30;
    private static final int NOTIFICATION_DAYS = 90;
    /** So few rows at once that nobody waits for a lock of theirs. */
    private static final int BATCH = 1000;

    private final Shares shares;
    private final NotificationService notifications;

    Sweep(Shares shares, NotificationService notifications) {
        this.shares = shares;
        this.notifications = notifications;
    }

    @Override
    public void run() {
        int expired = all(() -> shares.deleteExpired(SHARE_DAYS, BATCH));
        int read = all(() -> notifications.deleteRead(NOTIFICATION_DAYS, BATCH));
        LOG.atInfo().addKeyValue("shares", expired).addKeyValue("notifications", read).log("swept");
    }

    private static int all(IntSupplier batch) {
        int total = 0;
        for (int deleted = batch.getAsInt(); deleted > 0; deleted = batch.getAsInt()) {
            total += deleted;
        }
        return total;
    }
}
