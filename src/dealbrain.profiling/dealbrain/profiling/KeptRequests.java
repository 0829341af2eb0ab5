package dealbrain.profiling;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BooleanSupplier;

/**
 * The requests whose steps are kept: of each route the five slowest and the five last that failed, and one in a hundred
 * of all, at most twenty of a route. Thread-safe.
 *
 * <p>A slow request gives its place to a slower one, or after an hour to any other one, so that those after the start
 * do not stay forever. Together they take at most {@link #MAX_BYTES}; then the oldest samples are dropped first.
 *
 * <p>Most requests are not kept. For them this is one lookup, one random number and two comparisons, without a lock.
 */
final class KeptRequests {
    static final int MAX_BYTES = 2_000_000;
    static final int SLOWEST = 5;
    static final int FAILED = 5;
    static final int SAMPLES = 20;
    static final int SAMPLED = 100;
    private static final Duration MAX_AGE = Duration.ofHours(1);

    /**
     * The kept requests of one route, each list in the order of their ends. All but the bounds is guarded by the lock
     * of the outer object.
     */
    private static final class OfRoute {
        private final List<KeptRequest> slow = new ArrayList<>();
        private final List<KeptRequest> failed = new ArrayList<>();
        private final List<KeptRequest> samples = new ArrayList<>();
        /** Requests that took longer are kept; negative while there is room. */
        private volatile long minNanos = -1;
        /** From then on, by the clock in milliseconds, the place of the oldest one is free. */
        private volatile long expires = Long.MAX_VALUE;

        List<KeptRequest> list(KeptRequest.Reason reason) {
            return switch (reason) {
                case FAILED -> failed;
                case SLOW -> slow;
                case SAMPLE -> samples;
            };
        }

        boolean isSlow(long nanos, long now) {
            return nanos > minNanos || now >= expires;
        }

        void updateBounds() {
            boolean full = slow.size() == SLOWEST;
            minNanos = full ? fastest().nanos() : -1;
            expires = full ? slow.getFirst().at().plus(MAX_AGE).toEpochMilli() : Long.MAX_VALUE;
        }

        private KeptRequest fastest() {
            return slow.stream()
                    .min(Comparator.comparingLong(KeptRequest::nanos))
                    .orElseThrow();
        }

        /** Returns which request gives its place to a new one; empty if there is room. */
        Optional<KeptRequest> victim(KeptRequest.Reason reason, long now) {
            return switch (reason) {
                case SLOW ->
                    slow.size() < SLOWEST
                            ? Optional.empty()
                            : Optional.of(now >= expires ? slow.getFirst() : fastest());
                case FAILED -> oldest(failed, FAILED);
                case SAMPLE -> oldest(samples, SAMPLES);
            };
        }

        private static Optional<KeptRequest> oldest(List<KeptRequest> list, int max) {
            return list.size() < max ? Optional.empty() : Optional.of(list.getFirst());
        }
    }

    private final InstantSource clock;
    private final BooleanSupplier isSampled;
    private final ConcurrentMap<String, OfRoute> routes = new ConcurrentHashMap<>();
    private final Map<String, KeptRequest> byId = new HashMap<>();
    /** By id, in the order of their ends. */
    private final SequencedMap<String, KeptRequest> samples = new LinkedHashMap<>();

    private final SequencedMap<String, KeptRequest> others = new LinkedHashMap<>();
    private int bytes;

    /** @param isSampled called for each request; returns true for one in {@value #SAMPLED} */
    KeptRequests(InstantSource clock, BooleanSupplier isSampled) {
        this.clock = clock;
        this.isSampled = isSampled;
    }

    /** @param status 0 if the response was not sent completely */
    void record(StatementScope scope, long nanos, int status) {
        OfRoute route = routes.get(scope.name());
        if (route == null) {
            route = routes.computeIfAbsent(scope.name(), _ -> new OfRoute());
        }
        long now = clock.millis();
        boolean sampled = isSampled.getAsBoolean();
        if (status >= 500) {
            keep(route, request(scope, nanos, status, KeptRequest.Reason.FAILED));
        } else if (route.isSlow(nanos, now)) {
            keep(route, request(scope, nanos, status, KeptRequest.Reason.SLOW));
        } else if (sampled) {
            keep(route, request(scope, nanos, status, KeptRequest.Reason.SAMPLE));
        }
    }

    private KeptRequest request(StatementScope scope, long nanos, int status, KeptRequest.Reason reason) {
        return new KeptRequest(
                scope.requestId().orElse(""),
                scope.name(),
                clock.instant(),
                nanos,
                status,
                reason,
                scope.count(),
                scope.waterfall().steps(),
                scope.waterfall().omitted());
    }

    private synchronized void keep(OfRoute route, KeptRequest request) {
        long now = request.at().toEpochMilli();
        if (request.reason() == KeptRequest.Reason.SLOW && !route.isSlow(request.nanos(), now)) {
            return; // a slower one took the place meanwhile
        }
        KeptRequest same = byId.get(request.requestId()); // clients can send an id twice
        if (same != null) {
            remove(same);
        }
        route.victim(request.reason(), now).ifPresent(this::remove);
        route.list(request.reason()).add(request);
        byId.put(request.requestId(), request);
        (request.reason() == KeptRequest.Reason.SAMPLE ? samples : others).put(request.requestId(), request);
        bytes += request.bytes();
        while (bytes > MAX_BYTES) {
            remove((samples.isEmpty() ? others : samples).firstEntry().getValue());
        }
        route.updateBounds();
    }

    private void remove(KeptRequest request) {
        OfRoute route = routes.get(request.route());
        if (route != null) {
            route.list(request.reason()).remove(request);
            route.updateBounds();
        }
        byId.remove(request.requestId());
        samples.remove(request.requestId());
        others.remove(request.requestId());
        bytes -= request.bytes();
    }

    synchronized Optional<KeptRequest> find(String requestId) {
        return Optional.ofNullable(byId.get(requestId));
    }

    /** Returns all kept requests, the slowest first. */
    synchronized List<KeptRequest> all() {
        return byId.values().stream()
                .sorted(Comparator.comparingLong(KeptRequest::nanos).reversed())
                .toList();
    }

    synchronized int bytes() {
        return bytes;
    }
}
