package dealbrain.caching;

import dealbrain.testing.RedisProxy;
import dealbrain.testing.RedisServer;
import java.util.Random;

/** Delays commands to Redis, and restores earlier contents of it, until the run is over. */
final class RedisFaults {
    static final String DELAYS = "delays of Redis commands";
    static final String RESTORED = "restored contents of Redis";

    private final StalenessRun run;
    private final FaultCounts faults;
    private final RedisProxy proxy;
    private final RedisServer server;

    RedisFaults(StalenessRun run, FaultCounts faults, RedisProxy proxy, RedisServer server) {
        this.run = run;
        this.faults = faults;
        this.proxy = proxy;
        this.server = server;
    }

    void run(Random random) {
        while (!run.isOver()) {
            server.save();
            for (int i = random.nextInt(20, 80); i > 0 && !run.isOver(); i--) {
                delayCommands(random);
            }
            server.restart(); // with the saved contents
            faults.record(RESTORED, "server");
        }
    }

    /** Holds the commands for a moment, so that a store arrives in Redis after later changes. */
    private void delayCommands(Random random) {
        proxy.holdRequests();
        run.pause(random, 1, 15);
        proxy.release();
        faults.count(DELAYS);
        run.pause(random, 1, 60);
    }
}
