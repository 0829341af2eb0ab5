package dealbrain.changes;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The transactions that are visible to a statement: PostgreSQL's {@code pg_snapshot}. All transactions before {@code
 * xmin} had ended, and none from {@code xmax} on. Of the transactions between the two, {@code
 * inProgress} lists those that had not ended, in ascending order.
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
     * Parses the text form of a {@code pg_snapshot}, such as {@code 10:20:12,14}.
     *
     * @throws IllegalArgumentException if {@code text} has another form
     */
    public static Snapshot parse(String text) {
        Matcher matcher = FORMAT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("invalid pg_snapshot, expected xmin:xmax:xip_list, was: " + text);
        }
        long[] inProgress = matcher.group(3).isEmpty()
                ? new long[0]
                : Arrays.stream(matcher.group(3).split(","))
                        .mapToLong(Long::parseLong)
                        .toArray();
        return new Snapshot(text, Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)), inProgress);
    }

    /** Returns whether the changes of {@code transaction} are visible, provided that it has been committed. */
    boolean sees(long transaction) {
        return transaction < xmin || (transaction < xmax && Arrays.binarySearch(inProgress, transaction) < 0);
    }

    /**
     * Returns whether everything that {@code other} sees is visible here too. Always true for a snapshot that was taken
     * later in the same database.
     */
    boolean contains(Snapshot other) {
        return xmax >= other.xmax
                && Arrays.stream(inProgress)
                        .takeWhile(transaction -> transaction < other.xmax)
                        .allMatch(transaction -> Arrays.binarySearch(other.inProgress, transaction) >= 0);
    }

    /** Returns the first transaction that had not ended; equal to {@link #xmax} if there was none. */
    long xmin() {
        return xmin;
    }

    /**
     * Returns the first transaction id from which none had ended. Within one database it never decreases over time.
     */
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

    /** Returns the text form of PostgreSQL. */
    @Override
    public String toString() {
        return text;
    }
}
