package dealbrain.standby;

import java.time.Duration;
import java.util.Map.Entry;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Jdbi;

/**
 * The row of this instance in {@code change_heartbeat}, and when its beats were written, by the monotonic clock of this
 * instance. One thread writes, any thread may read.
 */
final class Heartbeats {
    /** More than are written before a beat is too old. */
    private static final int MAX_BEATS = 100;

    /** In beats. */
    private static final int DELETION_INTERVAL = 60;

    private final UUID instance = UUID.randomUUID();
    private final HeartbeatDao dao;
    private final LongSupplier nanoTime;
    /** When the statement of each beat was sent. */
    private final NavigableMap<Long, Long> sentAt = new ConcurrentSkipListMap<>();

    private long latest;
    private String generation = "";

    /** @param primary the only database that is written to */
    Heartbeats(Jdbi primary, LongSupplier nanoTime) {
        this.dao = primary.onDemand(HeartbeatDao.class);
        this.nanoTime = nanoTime;
    }

    UUID instance() {
        return instance;
    }

    /** Writes the next beat. One statement, and one that deletes other rows once per minute and in a new generation. */
    void write() {
        latest++;
        sentAt.put(latest, nanoTime.getAsLong());
        while (sentAt.size() > MAX_BEATS) {
            sentAt.pollFirstEntry();
        }
        String committed = dao.write(instance, latest);
        if (!committed.equals(generation) || latest % DELETION_INTERVAL == 0) {
            dao.deleteOthers(instance);
            generation = committed;
        }
    }

    /** Returns how long ago a beat was written, at most; empty if it is none of the last ones. */
    Optional<Duration> age(long beat) {
        return Optional.ofNullable(sentAt.get(beat)).map(sent -> Duration.ofNanos(nanoTime.getAsLong() - sent));
    }

    /** Returns how long a server that shows {@code beat} has not replayed the next one; zero if there is none. */
    Duration lag(long beat) {
        Entry<Long, Long> next = sentAt.higherEntry(beat);
        return next == null ? Duration.ZERO : Duration.ofNanos(nanoTime.getAsLong() - next.getValue());
    }

    /** Deletes the row of this instance. */
    void delete() {
        dao.delete(instance);
    }
}
