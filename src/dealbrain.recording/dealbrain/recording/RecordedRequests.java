package dealbrain.recording;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The threads that process requests, and the request of each in recordings. Without a recording this costs one test for
 * each request. Thread-safe.
 */
public final class RecordedRequests {
    /** The name of the threads, by which their samples are told apart from others. */
    static final String THREAD_NAME = "request";

    private static final ScopedValue<RequestEvent> CURRENT = ScopedValue.newInstance();

    private RecordedRequests() {}

    /** Returns an executor with a virtual thread for each task. */
    public static ExecutorService newThreads() {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(THREAD_NAME).factory());
    }

    /** Processes one request: from its first byte to the end of its response. A recording has an event for it. */
    public static void process(Runnable request) {
        RequestEvent event = new RequestEvent();
        if (!event.isEnabled()) {
            request.run();
            return;
        }
        event.begin();
        try {
            ScopedValue.where(CURRENT, event).run(request);
        } finally {
            event.commit();
        }
    }

    /**
     * Names the request that this thread processes; does nothing if it is not recorded.
     *
     * @param route the method and the path template
     */
    public static void describe(String route, String requestId) {
        if (CURRENT.isBound()) {
            CURRENT.get().route = route;
            CURRENT.get().requestId = requestId;
        }
    }
}
