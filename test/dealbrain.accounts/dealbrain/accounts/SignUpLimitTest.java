package dealbrain.accounts;

import static dealbrain.testing.Problems.problem;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SignUpLimitTest {
    private long nanos = Long.MAX_VALUE - 5; // the clock may overflow
    private final SignUpLimit limit = new SignUpLimit(() -> nanos, 60);

    private void signUp(int times, String network) {
        for (int i = 0; i < times; i++) {
            limit.count(network);
        }
    }

    @Test
    void allowsANumberAtOnceForEachNetwork() {
        signUp(60, "a");
        problem("too-many-requests", () -> limit.count("a"));

        signUp(60, "b");
        problem("too-many-requests", () -> limit.count("b"));
    }

    @Test
    void allowsOnePerSecondLater() {
        signUp(60, "a");
        nanos += Duration.ofSeconds(3).toNanos();

        signUp(3, "a");
        problem("too-many-requests", () -> limit.count("a"));
    }

    @Test
    void forgetsWhatIsLongAgo() {
        signUp(60, "a");
        nanos += Duration.ofMinutes(5).toNanos();

        signUp(60, "a");
        problem("too-many-requests", () -> limit.count("a"));
    }
}
