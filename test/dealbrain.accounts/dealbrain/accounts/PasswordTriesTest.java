package dealbrain.accounts;

import static dealbrain.testing.Problems.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.Concurrently;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** How many wrong passwords may be tried. */
class PasswordTriesTest extends SignInFixture {
    @Test
    void isFiveFailuresAMinute() {
        for (int i = 0; i < 5; i++) {
            fail("invalid-credentials");
        }

        assertEquals(0, CountingHashes.count(() -> fail("too-many-requests")));
        problem("too-many-requests", () -> tokens.signIn(signIn(ada.username().toUpperCase(), PASSWORD), address));
        assertEquals(429, fail("too-many-requests").type().status());
    }

    @Test
    void isExactForTriesAtOnce() {
        List<String> outcomes = Concurrently.run(30, _ -> tokens.signIn(signIn(ada.username(), "wrong"), address));

        assertEquals(5, Collections.frequency(outcomes, "invalid-credentials"), outcomes::toString);
        assertEquals(25, Collections.frequency(outcomes, "too-many-requests"), outcomes::toString);
    }

    @Test
    void isExactForTriesAtOnceAgainstManyServers() {
        List<String> outcomes = Concurrently.run(
                30,
                _ -> new TokenService(database.jdbi(), new Passwords(10))
                        .signIn(signIn(ada.username(), "wrong"), address));

        assertEquals(5, Collections.frequency(outcomes, "invalid-credentials"), outcomes::toString);
        assertEquals(25, Collections.frequency(outcomes, "too-many-requests"), outcomes::toString);
    }

    @Test
    void holdsUpNobodyWhoKnowsThePassword() {
        List<String> outcomes = Concurrently.run(30, _ -> tokens.signIn(signIn(ada.username(), PASSWORD), address));

        assertEquals(30, Collections.frequency(outcomes, "ok"), outcomes::toString);
    }

    @Test
    void isForgottenByASuccess() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 4; i++) {
                fail("invalid-credentials");
            }
            tokens.signIn(signIn(ada.username(), PASSWORD), address);
        }
    }

    @Test
    void isForEachUserAndAddress() {
        for (int i = 0; i < 6; i++) {
            fail(i < 5 ? "invalid-credentials" : "too-many-requests");
        }

        tokens.signIn(signIn(ada.username(), PASSWORD), "2001:db8::1");
        tokens.signIn(signIn(user("bob").username(), PASSWORD), address);
        fail("too-many-requests");
    }

    @Test
    void isForUnknownUsersToo() {
        for (int i = 0; i < 6; i++) {
            problem(
                    i < 5 ? "invalid-credentials" : "too-many-requests",
                    () -> tokens.signIn(signIn("nobody-" + ada.username(), "wrong"), address));
        }
    }

    @Test
    void saysHowLongToWait() {
        for (int i = 0; i < 5; i++) {
            fail("invalid-credentials");
        }
        passSeconds(20);

        String detail = fail("too-many-requests").getMessage();

        int seconds = Integer.parseInt(detail.replaceAll("\\D+", ""));
        assertTrue(seconds > 0 && seconds <= 40, detail);
    }

    @Test
    void endsWithTheMinute() {
        for (int i = 0; i < 6; i++) {
            fail(i < 5 ? "invalid-credentials" : "too-many-requests");
        }
        passSeconds(61);

        for (int i = 0; i < 6; i++) {
            fail(i < 5 ? "invalid-credentials" : "too-many-requests");
        }
    }

    @Test
    void keepsNoFailuresThatAreOver() {
        for (int i = 0; i < 12; i++) {
            String name = "nobody-" + i + ada.username();
            problem("invalid-credentials", () -> tokens.signIn(signIn(name, "wrong"), address));
        }
        passSeconds(61);

        fail("invalid-credentials");
        fail("invalid-credentials");

        int kept = database.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "SELECT count(*) FROM sign_in_failure WHERE username LIKE '%' || :name")
                        .bind("name", ada.username())
                        .mapTo(Integer.class)
                        .one());
        assertEquals(1, kept);
    }

    @Test
    void isThirtyFailuresAMinuteForAllUsersOfAnAddress() {
        for (int i = 0; i < 30; i++) {
            failAsNobody(i, "invalid-credentials");
        }

        assertEquals(0, CountingHashes.count(() -> failAsNobody(30, "too-many-requests")));
        problem("too-many-requests", () -> tokens.signIn(signIn(ada.username(), PASSWORD), address));
        tokens.signIn(signIn(ada.username(), PASSWORD), "another " + address);
        passSeconds(61);
        failAsNobody(31, "invalid-credentials");
    }

    @Test
    void isExactForAnAddressWithTriesAtOnce() {
        List<String> outcomes = Concurrently.run(40, i -> tokens.signIn(signIn("nobody-" + i, "wrong"), address));

        assertEquals(30, Collections.frequency(outcomes, "invalid-credentials"), outcomes::toString);
        assertEquals(10, Collections.frequency(outcomes, "too-many-requests"), outcomes::toString);
    }

    @Test
    void ofAnAddressCountsNeitherSuccessesNorTriesThatAUserHasNoMoreOf() {
        for (int i = 0; i < 40; i++) {
            tokens.signIn(signIn(user("bob").username(), PASSWORD), address);
            fail(i < 5 ? "invalid-credentials" : "too-many-requests");
        }

        tokens.signIn(signIn(user("bob").username(), PASSWORD), address);
    }

    @Test
    void ofAnAddressIsNotForgottenByASuccess() {
        for (int i = 0; i < 30; i++) {
            failAsNobody(i, "invalid-credentials");
            if (i < 29) {
                tokens.signIn(signIn(ada.username(), PASSWORD), address);
            }
        }

        failAsNobody(30, "too-many-requests");
    }

    @Test
    void countsNoTryWhosePasswordNobodyLookedAt() {
        TokenService busy = new TokenService(database.jdbi(), new Passwords(10, _ -> {
            throw new RejectedExecutionException();
        }));
        for (int i = 0; i < 40; i++) {
            problem("unavailable", () -> busy.signIn(signIn(ada.username(), "wrong"), address));
        }

        fail("invalid-credentials");
    }

    @Test
    void takesAnAddressOfVersion6ByItsNetwork() throws UnknownHostException {
        assertEquals("192.0.2.1", PasswordTries.network(InetAddress.getByName("192.0.2.1")));
        assertEquals("20:01:0d:b8:00:00:00:01/64", PasswordTries.network(InetAddress.getByName("2001:db8:0:1::5")));
        assertEquals("20:01:0d:b8:00:00:00:01/64", PasswordTries.network(InetAddress.getByName("2001:db8:0:1:ffff::")));
    }

    private void failAsNobody(int number, String code) {
        problem(code, () -> tokens.signIn(signIn("nobody-" + number + ada.username(), "wrong"), address));
    }

    private void passSeconds(int seconds) {
        database.jdbi()
                .useHandle(handle -> handle.createUpdate(
                                "UPDATE sign_in_failure SET window_start = window_start - make_interval(secs => :seconds) WHERE address = :address")
                        .bind("seconds", seconds)
                        .bind("address", address)
                        .execute());
    }
}
