package dealbrain.changes;

import java.util.Set;

/** What this instance knows of the committed changes at one moment. */
public final class ChangeView {
    private final ChangeLog log;

    ChangeView(ChangeLog log) {
        this.log = log;
    }

    public String generation() {
        return log.generation();
    }

    public Stamp position() {
        return log.position();
    }

    public long version() {
        return log.version();
    }

    public boolean isTrusted() {
        return log.isTrusted();
    }

    public boolean isCurrent(Stamp stamp, Set<String> tags) {
        return log.isCurrent(stamp, tags);
    }

    public long databaseMillis() {
        return System.currentTimeMillis();
    }

    public long databaseMillisAtLeast() {
        return System.currentTimeMillis();
    }
}
