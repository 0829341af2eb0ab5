package dealbrain.caching;

import java.util.concurrent.atomic.LongAdder;

/** What is counted of a cache, since the start. */
final class Figures {
    final LongAdder memoryHits = new LongAdder();
    final LongAdder redisHits = new LongAdder();
    final LongAdder loads = new LongAdder();
    final LongAdder absent = new LongAdder();
    final LongAdder outdated = new LongAdder();
    final LongAdder evictions = new LongAdder();
    final LongAdder deletions = new LongAdder();
    final LongAdder refreshes = new LongAdder();
    final LongAdder unreadable = new LongAdder();
    final LongAdder timeouts = new LongAdder();
    final LongAdder errors = new LongAdder();
}
