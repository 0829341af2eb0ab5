package dealbrain.accounts;

import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jdbi.v3.core.Jdbi;

/**
 * When and from where tokens were used last. A request only writes into memory; a job stores the uses of all tokens in
 * one statement, each token at most once per minute. A crash loses those of the last seconds. Thread-safe.
 */
final class TokenUses {
    /** More tokens than are used between two runs of the job; further ones are ignored until then. */
    private static final int MAX_TOKENS = 10_000;

    record Use(long tokenId, Instant at, InetAddress from) {}

    private final ConcurrentMap<Long, Use> uses = new ConcurrentHashMap<>();
    private final TokenDao tokens;
    private final InstantSource clock;

    TokenUses(Jdbi jdbi, InstantSource clock) {
        this.tokens = jdbi.onDemand(TokenDao.class);
        this.clock = clock;
    }

    /** Records a use of a token. No statement. */
    void record(long tokenId, InetAddress from) {
        if (uses.size() < MAX_TOKENS || uses.containsKey(tokenId)) {
            uses.put(tokenId, new Use(tokenId, clock.instant(), from));
        }
    }

    /** Stores the uses since the last call that succeeded. One statement, none without uses. */
    void store() {
        List<Use> batch = List.copyOf(uses.values());
        if (!batch.isEmpty()) {
            tokens.storeUses(batch);
            batch.forEach(use -> uses.remove(use.tokenId(), use)); // unless it was used again meanwhile
        }
    }
}
