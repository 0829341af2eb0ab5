package dealbrain.perf;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Measures how the time to read a collection grows with its size, by its items, which are never cached. */
final class SizeBenchmark {
    private static final int MAX_PAGE = 1000;
    private static final Duration DURATION = Duration.ofMillis(1500);

    /**
     * Median times in milliseconds.
     *
     * @param whole of all items, in pages of 1,000
     * @param page  of a page of 100 items
     */
    record ReadTime(double whole, double page) {}

    private SizeBenchmark() {}

    /** Returns the times by the size of the collection. */
    static Map<Integer, ReadTime> measure(ServerProcess application, Progress progress) throws IOException {
        Map<Integer, ReadTime> times = new LinkedHashMap<>();
        for (DataSet.SizedCollection collection : DataSet.COLLECTIONS) {
            progress.show("a collection of " + Format.count(collection.size()));
            String items = collection.path() + "/items?limit=";
            int pages = Math.max(1, collection.size() / MAX_PAGE);
            times.put(
                    collection.size(),
                    new ReadTime(pages * p50(application, items + MAX_PAGE), p50(application, items + 100)));
        }
        return times;
    }

    private static double p50(ServerProcess application, String path) throws IOException {
        return new LoadGenerator(application, 1, RawRequest.authorizedGet(path))
                .run(DURATION)
                .p50();
    }
}
