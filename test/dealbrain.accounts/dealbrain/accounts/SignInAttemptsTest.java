package dealbrain.accounts;

import static dealbrain.testing.Problems.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.Concurrently;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class SignInAttemptsTest extends SignInFixture {
    @Test
    void allowFiveFailuresPerMinute() {
        for (int i = 0; i < 5; i++) {
            fail("invalid-credentials");
        }

        assertEquals(0, CountingHashes.count(() -> fail("too-many-requests")));
        problem("too-many-requests", () -> tokens.signIn(signIn(ada.username().toUpperCase(), PASSWORD), network));
        assertEquals(429, fail("too-many-requests").type().status());
    }

    @Test
    void areExactForConcurrentAttempts() {
        List<String> outcomes = Concurrently.run(30, _ -> tokens.signIn(signIn(ada.username(), "wrong"), network));

        assertEquals(5, Collections.frequency(outcomes, "invalid-credentials"), outcomes::toString);
        assertEquals(25, Collections.frequency(outcomes, "too-many-requests"), outcomes::toString);
    }

    @Test
    void areExactForConcurrentAttemptsOnManyInstances() {
        List<String> outcomes = Concurrently.run(
                30,
                _ -> new TokenService(database.jdbi(), new PasswordHasher(10))
                        .signIn(signIn(ada.username(), "wrong"), network));

        assertEquals(5, Collections.frequency(outcomes, "invalid-credentials"), outcomes::toString);
        assertEquals(25, Collections.frequency(outcomes, "too-many-requests"), outcomes::toString);
    }

    @Test
    void doNotLimitConcurrentSuccesses() {
        List<String> outcomes = Concurrently.run(30, _ -> tokens.signIn(signIn(ada.username(), PASSWORD), network));

        assertEquals(30, Collections.frequency(outcomes, "ok"), outcomes::toString);
    }

    @Test
    void startAgainAfterASuccess() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 4; i++) {
                fail("invalid-credentials");
            }
            tokens.signIn(signIn(ada.username(), PASSWORD), network);
        }
    }

    @Test
    void areLimitedForEachUserAndNetwork() {
        for (int i = 0; i < 6; i++) {
            fail(i < 5 ? "invalid-credentials" : "too-many-requests");
        }

        tokens.signIn(signIn(ada.username(), PASSWORD), "2001:db8::1");
        tokens.signIn(signIn(user("bob").username(), PASSWORD), network);
        fail("too-many-requests");
    }

    @Test
    void areLimitedForUnknownUsersToo() {
        for (int i = 0; i < 6; i++) {
            problem(
                    i < 5 ? "invalid-credentials" : "too-many-requests",
                    () -> tokens.signIn(signIn("unknown-" + ada.username(), "wrong"), network));
        }
    }

    @Test
    void sayWhenToTryAgain() {
        for (int i = 0; i < 5; i++) {
            fail("invalid-credentials");
        }
        passSeconds(20);

        String detail = fail("too-many-requests").getMessage();

        int seconds = Integer.parseInt(detail.replaceAll("\\D+", ""));
        assertTrue(seconds > 0 && seconds <= 40, detail);
    }

    @Test
    void startAgainAfterAMinute() {
        for (int i = 0; i < 6; i++) {
            fail(i < 5 ? "invalid-credentials" : "too-many-requests");
        }
        passSeconds(61);

        for (int i = 0; i < 6; i++) {
            fail(i < 5 ? "invalid-credentials" : "too-many-requests");
        }
    }

    @Test
    void deleteCountsOfPastMinutes() {
        for (int i = 0; i < 12; i++) {
            String name = "unknown-" + i + ada.username();
            problem("invalid-credentials", () -> tokens.signIn(signIn(name, "wrong"), network));
        }
        passSeconds(61);

        fail("invalid-credentials");
        fail("invalid-credentials");

        int rows = database.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "SELECT count(*) FROM sign_in_failure WHERE username LIKE '%' || :name")
                        .bind("name", ada.username())
                        .mapTo(Integer.class)
                        .one());
        assertEquals(1, rows);
    }

    @Test
    void allowThirtyFailuresPerMinuteForANetwork() {
        for (int i = 0; i < 30; i++) {
            failAsUnknownUser(i, "invalid-credentials");
        }

        assertEquals(0, CountingHashes.count(() -> failAsUnknownUser(30, "too-many-requests")));
        problem("too-many-requests", () -> tokens.signIn(signIn(ada.username(), PASSWORD), network));
        tokens.signIn(signIn(ada.username(), PASSWORD), "another " + network);
        passSeconds(61);
        failAsUnknownUser(31, "invalid-credentials");
    }

    @Test
    void ofANetworkAreExactForConcurrentAttempts() {
        List<String> outcomes = Concurrently.run(40, i -> tokens.signIn(signIn("unknown-" + i, "wrong"), network));

        assertEquals(30, Collections.frequency(outcomes, "invalid-credentials"), outcomes::toString);
        assertEquals(10, Collections.frequency(outcomes, "too-many-requests"), outcomes::toString);
    }

    @Test
    void ofANetworkCountNeitherSuccessesNorAttemptsAboveTheLimitOfAUser() {
        for (int i = 0; i < 40; i++) {
            tokens.signIn(signIn(user("bob").username(), PASSWORD), network);
            fail(i < 5 ? "invalid-credentials" : "too-many-requests");
        }

        tokens.signIn(signIn(user("bob").username(), PASSWORD), network);
    }

    @Test
    void ofANetworkStayCountedAfterASuccess() {
        for (int i = 0; i < 30; i++) {
            failAsUnknownUser(i, "invalid-credentials");
            if (i < 29) {
                tokens.signIn(signIn(ada.username(), PASSWORD), network);
            }
        }

        failAsUnknownUser(30, "too-many-requests");
    }

    @Test
    void doNotCountIfThePasswordWasNotChecked() {
        HashQueue full = new HashQueue(_ -> {}, () -> 0);
        for (int i = 0; i < FairQueue.CAPACITY; i++) {
            full.add(HashClient.signIn("network " + i), new FutureTask<>(() -> new byte[0]));
        }
        TokenService busy = new TokenService(database.jdbi(), new PasswordHasher(10, full));
        for (int i = 0; i < 40; i++) {
            problem("unavailable", () -> busy.signIn(signIn(ada.username(), "wrong"), network));
        }

        fail("invalid-credentials");
    }

    private void failAsUnknownUser(int number, String code) {
        problem(code, () -> tokens.signIn(signIn("unknown-" + number + ada.username(), "wrong"), network));
    }

    private void passSeconds(int seconds) {
        database.jdbi()
                .useHandle(handle -> handle.createUpdate("UPDATE sign_in_failure SET window_start = window_start "
                                + "- make_interval(secs => :seconds) WHERE address = :address")
                        .bind("seconds", seconds)
                        .bind("address", network)
                        .execute());
    }
}
