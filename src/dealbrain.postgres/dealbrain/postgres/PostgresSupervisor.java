package dealbrain.postgres;

import dealbrain.background.Worker;
import dealbrain.background.WorkerState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts an embedded server again after it has ended: killed by the system, stopped by hand, or after the disk was
 * full. Waits longer before each further start, and gives up after {@link #MAX_STARTS} starts within {@link #WINDOW}.
 * Does not start the server while another process, such as a server that was started by hand, uses the data.
 *
 * <p>The state of its thread is a failure while the server does not run.
 */
public final class PostgresSupervisor implements AutoCloseable {
    static final int MAX_STARTS = 10;

    private static final Logger LOG = LoggerFactory.getLogger(PostgresSupervisor.class);
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration MAX_PAUSE = Duration.ofMinutes(1);

    private final EmbeddedPostgres server;
    private final Consumer<String> onGivingUp;
    private final Duration firstPause;
    private final InstantSource clock;
    private final Worker worker;
    // Only the thread of the worker uses these.
    private final Deque<Instant> starts = new ArrayDeque<>();
    private boolean ended;
    private boolean gaveUp;

    private PostgresSupervisor(
            EmbeddedPostgres server, Consumer<String> onGivingUp, Duration firstPause, InstantSource clock) {
        this.server = server;
        this.onGivingUp = onGivingUp;
        this.firstPause = firstPause;
        this.clock = clock;
        this.worker = Worker.start("embedded PostgreSQL", INTERVAL, INTERVAL, this::check);
    }

    /**
     * Supervises a server that was started.
     *
     * @param onGivingUp called once, with the reason, by the thread of the supervisor
     */
    public static PostgresSupervisor start(EmbeddedPostgres server, Consumer<String> onGivingUp) {
        return start(server, onGivingUp, Duration.ofSeconds(1), InstantSource.system());
    }

    /** @param firstPause the pause before the second start, which doubles with each further one */
    static PostgresSupervisor start(
            EmbeddedPostgres server, Consumer<String> onGivingUp, Duration firstPause, InstantSource clock) {
        return new PostgresSupervisor(server, onGivingUp, firstPause, clock);
    }

    /** @throws PostgresStartException the server has ended, or did not start again */
    private void check() throws InterruptedException {
        if (gaveUp || server.isRunning()) {
            ended = false;
            return;
        }
        if (!ended) {
            ended = true;
            throw new PostgresStartException("the embedded PostgreSQL has ended: starting it again");
        }
        Instant now = clock.instant();
        starts.removeIf(start -> start.isBefore(now.minus(WINDOW)));
        Thread.sleep(pause(starts.size()));
        starts.add(clock.instant());
        restart();
        ended = false;
        LOG.atInfo().addKeyValue("starts", starts.size()).log("started PostgreSQL again");
    }

    private Duration pause(int starts) {
        if (starts == 0) {
            return Duration.ZERO;
        }
        Duration pause = firstPause.multipliedBy(1L << (starts - 1));
        return pause.compareTo(MAX_PAUSE) < 0 ? pause : MAX_PAUSE;
    }

    private void restart() {
        boolean last = starts.size() >= MAX_STARTS;
        try {
            server.restart();
        } catch (PostgresStartException e) {
            if (last) {
                giveUp(String.valueOf(e.getMessage()));
            }
            throw e;
        }
        if (last) {
            giveUp("it ended " + starts.size() + " times within " + WINDOW.toMinutes() + " minutes (see postgres.log)");
        }
    }

    private void giveUp(String reason) {
        gaveUp = true;
        onGivingUp.accept(reason);
    }

    /** Returns the state of the thread, a failure while the server does not run. */
    public WorkerState state() {
        return worker.state();
    }

    /** Stops supervising. The server continues to run. */
    @Override
    public void close() {
        worker.close();
    }
}
