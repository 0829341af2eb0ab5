package dealbrain.database;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The chain of what caused an exception. */
final class Causes {
    // Deeper chains are not met; the bound only stops a chain that runs in a circle.
    private static final int DEEPEST = 32;

    private Causes() {}

    /** {@code thrown} first; a batch hangs what the server said to its next exception rather than to its cause. */
    static Stream<Throwable> of(Throwable thrown) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable each = thrown; each != null && causes.size() < DEEPEST; each = next(each)) {
            causes.add(each);
        }
        return causes.stream();
    }

    private static @Nullable Throwable next(Throwable thrown) {
        boolean batch = thrown instanceof SQLException failed && failed.getNextException() != null;
        return batch ? ((SQLException) thrown).getNextException() : thrown.getCause();
    }
}
