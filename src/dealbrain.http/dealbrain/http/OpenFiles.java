package dealbrain.http;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * The open files of this process, connections included, and their limit. The limit must never be reached: then the
 * server of the JDK tries to accept the next connection again and again, without a pause and without a message.
 *
 * @param limit the hard limit of the process, to which the Java virtual machine raises the soft one
 */
public record OpenFiles(long used, long limit) {
    /** Enough connections for all purposes; each needs memory. */
    static final int MAX_CONNECTIONS = 8192;

    private static final int MIN_CONNECTIONS = 16;
    private static final int RESERVE = 50;

    /** Returns the current state; without a limit where the system has none. */
    public static OpenFiles now() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? new OpenFiles(system.getOpenFileDescriptorCount(), system.getMaxFileDescriptorCount())
                : new OpenFiles(0, Long.MAX_VALUE);
    }

    /**
     * Returns how many connections of clients fit, before any is open: three quarters of what is left. The rest is for
     * connections to the database and to Redis, and for files.
     */
    public int maxConnections() {
        long fit = (limit - used) / 4 * 3 - RESERVE;
        return Math.clamp(fit, MIN_CONNECTIONS, MAX_CONNECTIONS);
    }

    /** Returns the limit with which {@link #MAX_CONNECTIONS} connections fit. */
    public long sufficientLimit() {
        return used + (MAX_CONNECTIONS + RESERVE) * 4L / 3 + 4;
    }

    /** Returns whether all connections fit. */
    public boolean isSufficient() {
        return maxConnections() == MAX_CONNECTIONS;
    }

    /** Returns whether two thirds of the limit are used: only a few more connections will be accepted. */
    public boolean areScarce() {
        return used >= limit / 3 * 2;
    }
}
