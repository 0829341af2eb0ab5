package dealbrain.database;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An exception and its causes. */
final class CauseChain {
    /** Only a chain with a cycle is longer. */
    private static final int MAX_LENGTH = 32;

    private CauseChain() {}

    /**
     * Returns {@code thrown} and its causes. A failed batch has the server's error as its next exception, not as its
     * cause.
     */
    static Stream<Throwable> of(Throwable thrown) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable each = thrown; each != null && chain.size() < MAX_LENGTH; each = next(each)) {
            chain.add(each);
        }
        return chain.stream();
    }

    private static @Nullable Throwable next(Throwable thrown) {
        if (thrown instanceof SQLException failed && failed.getNextException() != null) {
            return failed.getNextException();
        }
        return thrown.getCause();
    }
}
