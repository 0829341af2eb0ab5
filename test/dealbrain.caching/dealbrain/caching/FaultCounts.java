package dealbrain.caching;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** How often each fault occurred, and the times of the rarer ones, which explain a stale read. Thread-safe. */
final class FaultCounts {
    private final List<String> wanted;
    private final long start = System.nanoTime();
    private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();
    private final ConcurrentLinkedQueue<String> times = new ConcurrentLinkedQueue<>();

    /** @param wanted the kinds of faults that must occur */
    FaultCounts(List<String> wanted) {
        this.wanted = wanted;
    }

    /** Returns the kinds of faults that did not occur yet. */
    List<String> missing() {
        return wanted.stream().filter(fault -> of(fault) == 0).toList();
    }

    /** Counts an event that is too frequent to be listed. */
    void count(String fault) {
        counts.computeIfAbsent(fault, _ -> new LongAdder()).increment();
    }

    /** Counts a fault and stores its time. */
    void record(String fault, String detail) {
        count(fault);
        note(fault + ": " + detail);
    }

    /** Stores the time of an event, without counting it. */
    void note(String event) {
        times.add(elapsedMillis() + " ms: " + event);
    }

    long elapsedMillis() {
        return (System.nanoTime() - start) / 1_000_000;
    }

    long of(String fault) {
        LongAdder count = counts.get(fault);
        return count == null ? 0 : count.sum();
    }

    List<String> times() {
        return List.copyOf(times);
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
