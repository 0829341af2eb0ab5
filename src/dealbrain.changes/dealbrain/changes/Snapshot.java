package dealbrain.changes;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which transactions a statement saw: those before {@code xmin} have all ended, those from {@code xmax} on had not begun, and
 * of the ones between those had not ended that are {@code inProgress}, in ascending order. PostgreSQL's {@code pg_snapshot}.
 */
public final class Snapshot {
    private static final Pattern FORMAT = Pattern.compile("(\\d{1,20}):(\\d{1,20}):((?:\\d{1,20}(?:,\\d{1,20})*)?)");

    private final String text;
    private final long xmin;
    private final long xmax;
    private final long[] inProgress;

    private Snapshot(String text, long xmin, long xmax, long[] inProgress) {
        this.text = text;
        this.xmin = xmin;
        this.xmax = xmax;
        this.inProgress = inProgress;
    }

    /**
     * Reads what {@code pg_current_snapshot()::text} gives.
     *
     * @throws IllegalArgumentException it is something else
     */
    public static Snapshot parse(String text) {
        Matcher matcher = FORMAT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a snapshot of PostgreSQL: " + text);
        }
        long[] inProgress = matcher.group(3).isEmpty()
                ? new long[0]
                : Arrays.stream(matcher.group(3).split(","))
                        .mapToLong(Long::parseLong)
                        .toArray();
        return new Snapshot(text, Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)), inProgress);
    }

    /** Whether what the transaction changed was seen, provided that it has been committed. */
    boolean sees(long transaction) {
        return transaction < xmin || (transaction < xmax && Arrays.binarySearch(inProgress, transaction) < 0);
    }

    /** Whether every transaction before this one had ended. */
    boolean seesAllBefore(long transaction) {
        return xmin >= transaction;
    }

    /** The first transaction that had not begun. Of two snapshots of one database the later never has the lower. */
    public long xmax() {
        return xmax;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Snapshot that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The form of PostgreSQL. */
    @Override
    public String toString() {
        return text;
    }
}
