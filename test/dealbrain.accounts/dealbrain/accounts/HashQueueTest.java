package dealbrain.accounts;

import static dealbrain.testing.Problems.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class HashQueueTest {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final HashQueue queue = new HashQueue(tasks::add, () -> 0);
    private final List<String> computed = new ArrayList<>();

    private Future<byte[]> add(HashClient client) {
        return queue.add(client, new FutureTask<>(() -> {
            computed.add(client.purpose() + " " + client.network());
            return new byte[0];
        }));
    }

    private void compute(int hashes) {
        for (int i = 0; i < hashes; i++) {
            tasks.remove().run();
        }
    }

    @Test
    void computesASignInNextWhileSignUpsOfItsNetworkWait() {
        for (int i = 0; i < FairQueue.NETWORK_CAPACITY; i++) {
            add(HashClient.signUp("a"));
        }
        problem("too-many-requests", () -> add(HashClient.signUp("a")));
        compute(5);
        add(HashClient.signIn("a"));
        compute(2);

        assertTrue(computed.subList(5, 7).contains("SIGN_IN a"), computed::toString);
    }

    @Test
    void computesASignInNextWhileThereIsNoRoomForSignUpsAndPasswordChanges() {
        for (int i = 0; i < FairQueue.CAPACITY; i++) {
            add(HashClient.signUp("a" + i));
            add(HashClient.passwordChange("a" + i));
        }
        problem("unavailable", () -> add(HashClient.signUp("b")));
        problem("unavailable", () -> add(HashClient.passwordChange("b")));
        compute(5);
        add(HashClient.signIn("b"));
        compute(3);

        assertTrue(computed.subList(5, 8).contains("SIGN_IN b"), computed::toString);
    }

    @Test
    void cancelsAHashThatIsDisplaced() {
        add(HashClient.signIn("flood"));
        compute(1);
        Future<byte[]> flooding = add(HashClient.signIn("flood"));
        for (int i = 1; i < FairQueue.CAPACITY; i++) {
            add(HashClient.signIn("a" + i));
        }

        Future<byte[]> other = add(HashClient.signIn("b"));
        compute(tasks.size());

        assertTrue(flooding.isCancelled());
        assertEquals(Future.State.SUCCESS, other.state());
        assertEquals(1 + FairQueue.CAPACITY, computed.size());
    }
}
