package dealbrain.accounts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.http.Page;
import dealbrain.http.Paged;
import dealbrain.http.ProblemException;
import dealbrain.testing.Concurrently;
import dealbrain.testing.StatementCounter;
import dealbrain.testing.TestDatabase;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenServiceTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static final String PASSWORD = "correct horse battery";

    private static UserService users;
    private static TokenService tokens;
    /** Another for each test, as there is a limit for all users of an address. */
    private final String address = UUID.randomUUID().toString();
    private User ada;

    @BeforeAll
    static void connect() {
        StatementCounter.listenTo(database.jdbi());
        Passwords passwords = new Passwords(10);
        users = new UserService(database.jdbi(), passwords, true);
        tokens = new TokenService(database.jdbi(), passwords);
    }

    @BeforeEach
    void signUp() {
        ada = user("ada");
    }

    private static User user(String name) {
        return users.create(new SignUp(name + "-" + UUID.randomUUID().toString().substring(0, 12), PASSWORD, null, null));
    }

    private static SignIn signIn(String username, String password) {
        return new SignIn(username, password, null, Scope.WRITE, null);
    }

    private NewToken token(Scope scope, @Nullable Integer days) {
        return tokens.signIn(new SignIn(ada.username(), PASSWORD, "laptop", scope, days), address);
    }

    private static ProblemException problem(String code, Executable work) {
        ProblemException problem = assertThrows(ProblemException.class, work);
        assertEquals(code, problem.type().code());
        return problem;
    }

    private ProblemException fail(String code) {
        return problem(code, () -> tokens.signIn(signIn(ada.username(), "wrong"), address));
    }

    @Nested
    class SigningIn {
        @Test
        void makesATokenOf256Bits() {
            NewToken made = token(Scope.WRITE, null);

            assertTrue(made.token().matches("dbt_[A-Za-z0-9_-]{43}"), made.token());
            assertEquals("laptop", made.name());
            assertEquals(Scope.WRITE, made.scope());
            assertNull(made.expiresAt());
            assertNotEquals(made.token(), token(Scope.WRITE, null).token());
        }

        @Test
        void storesNothingButTheHash() throws GeneralSecurityException {
            NewToken made = token(Scope.READ, null);

            byte[] stored = database.jdbi().withHandle(handle -> handle
                    .createQuery("SELECT token_hash FROM access_token WHERE id = :id").bind("id", made.id()).mapTo(byte[].class).one());
            String row = database.jdbi().withHandle(handle -> handle
                    .createQuery("SELECT t::text FROM access_token t WHERE id = :id").bind("id", made.id()).mapTo(String.class).one());

            assertArrayEquals(MessageDigest.getInstance("SHA-256").digest(made.token().getBytes(StandardCharsets.US_ASCII)), stored);
            assertFalse(row.contains(made.token().substring(4)), row);
            assertFalse(made.toString().contains(made.token()));
        }

        @Test
        void expiresAfterSoManyDays() {
            NewToken made = token(Scope.READ, 30);

            assertNotNull(made.expiresAt());
            assertEquals(Duration.ofDays(30), Duration.between(made.createdAt(), made.expiresAt()));
        }

        @Test
        void takesTheUsernameInEitherCase() {
            assertTrue(tokens.holder(tokens.signIn(signIn(ada.username().toUpperCase(), PASSWORD), address).token()).isPresent());
        }

        @Test
        void answersAlikeForAWrongPasswordAndAnUnknownUser() {
            ProblemException wrong = fail("invalid-credentials");
            ProblemException unknown = problem("invalid-credentials", () -> tokens.signIn(signIn("nobody-" + ada.username(), "wrong"), address));

            assertEquals(401, wrong.type().status());
            assertEquals(wrong.type(), unknown.type());
            assertEquals(wrong.getMessage(), unknown.getMessage());
        }

        @Test
        void costsAlikeForAWrongPasswordAndAnUnknownUser() {
            Runnable wrong = () -> fail("invalid-credentials");
            Runnable unknown = () -> problem("invalid-credentials", () -> tokens.signIn(signIn("nobody-" + ada.username(), "wrong"), address));

            assertEquals(StatementCounter.count(wrong), StatementCounter.count(unknown));
            assertEquals(1, CountingHashes.count(wrong));
            assertEquals(1, CountingHashes.count(unknown));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "'", "%", "😀", "ada@example.org"})
        void failsForWhatCannotBeAUsername(String username) {
            problem("invalid-credentials", () -> tokens.signIn(signIn(username + " " + UUID.randomUUID(), ""), address));
        }
    }

    @Nested
    class Limit {
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
            List<String> outcomes = Concurrently.run(30, _ ->
                    new TokenService(database.jdbi(), new Passwords(10)).signIn(signIn(ada.username(), "wrong"), address));

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
                problem(i < 5 ? "invalid-credentials" : "too-many-requests",
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

            int kept = database.jdbi().withHandle(handle -> handle
                    .createQuery("SELECT count(*) FROM sign_in_failure WHERE username LIKE '%' || :name").bind("name", ada.username())
                    .mapTo(Integer.class).one());
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
            database.jdbi().useHandle(handle -> handle.createUpdate(
                    "UPDATE sign_in_failure SET window_start = window_start - make_interval(secs => :seconds) WHERE address = :address")
                    .bind("seconds", seconds).bind("address", address).execute());
        }
    }

    @Nested
    class Bearer {
        @Test
        void isWhoHoldsTheTokenWithItsScopeInOneStatement() {
            String token = token(Scope.READ, 1).token();

            int statements = StatementCounter.count(() -> assertEquals(Optional.of(ada), tokens.holder(token)));

            assertEquals(1, statements);
            assertEquals(Scope.READ, tokens.bearer(token).orElseThrow().scope());
        }

        @Test
        void isNobodyOnceTheTokenExpired() {
            NewToken made = token(Scope.WRITE, 1);
            database.jdbi().useHandle(handle -> handle.execute("UPDATE access_token SET expires_at = now() WHERE id = ?", made.id()));

            assertEquals(Optional.empty(), tokens.holder(made.token()));
        }

        @Test
        void isNobodyOnceTheUserIsGone() {
            NewToken made = token(Scope.WRITE, null);
            database.jdbi().useHandle(handle -> handle.execute("DELETE FROM user_account WHERE id = ?", ada.id()));

            assertEquals(Optional.empty(), tokens.holder(made.token()));
        }

        @Test
        void isNobodyForAnotherToken() {
            String token = token(Scope.WRITE, null).token();
            char last = token.charAt(46) == 'A' ? 'E' : 'A';

            assertEquals(Optional.empty(), tokens.holder(token.substring(0, 46) + last));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "dbt_", "dbt_short", "DBT_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "dbt_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "dbt_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "dbt_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n"})
        void asksTheDatabaseForNothingThatCannotBeAToken(String token) {
            int statements = StatementCounter.count(() -> assertEquals(Optional.empty(), tokens.holder(token)));

            assertEquals(0, statements);
        }
    }

    @Nested
    class Listing {
        @Test
        void showsOnlyOnesOwnNewestFirst() {
            long first = token(Scope.READ, 5).id();
            tokens.create(user("bob"), "phone", Scope.WRITE);
            long second = token(Scope.WRITE, null).id();

            Paged<AccessToken> found = tokens.list(ada, new Page(10, 0));

            assertEquals(List.of(second, first), found.items().stream().map(AccessToken::id).toList());
            assertEquals(2, found.total());
            assertEquals(List.of(first), tokens.list(ada, new Page(1, 1)).items().stream().map(AccessToken::id).toList());
            assertEquals(2, tokens.list(ada, new Page(10, 10)).total());
        }
    }

    @Nested
    class Delete {
        @Test
        void killsTheTokenAtOnceAndNoOther() {
            NewToken dead = token(Scope.WRITE, null);
            NewToken alive = token(Scope.WRITE, null);

            tokens.delete(dead.id(), ada);

            assertEquals(Optional.empty(), tokens.holder(dead.token()));
            assertEquals(Optional.of(ada), tokens.holder(alive.token()));
        }

        @Test
        void findsNoTokenOfAnother() {
            NewToken bobs = tokens.create(user("bob"), "phone", Scope.WRITE);

            String others = problem("not-found", () -> tokens.delete(bobs.id(), ada)).getMessage();
            String absent = problem("not-found", () -> tokens.delete(Long.MAX_VALUE, ada)).getMessage();

            assertEquals(absent.replace(String.valueOf(Long.MAX_VALUE), String.valueOf(bobs.id())), others);
            assertTrue(tokens.holder(bobs.token()).isPresent());
        }
    }

    @Nested
    class DeleteExpired {
        @Test
        void deletesSomeOfThoseThatExpiredLongAgo() {
            List<Long> expired = List.of(token(Scope.READ, 1).id(), token(Scope.READ, 1).id());
            NewToken recent = token(Scope.READ, 1);
            NewToken alive = token(Scope.READ, 9);
            NewToken lasting = token(Scope.READ, null);
            expired.forEach(id -> expire(id, 8));
            expire(recent.id(), 6);

            assertEquals(1, StatementCounter.count(() -> assertEquals(1, tokens.deleteExpired(7, 1))));
            assertEquals(1, tokens.deleteExpired(7, 10));
            assertEquals(0, tokens.deleteExpired(7, 10));
            assertEquals(List.of(lasting.id(), alive.id(), recent.id()),
                    tokens.list(ada, new Page(10, 0)).items().stream().map(AccessToken::id).toList());
        }

        private static void expire(long id, int days) {
            database.jdbi().useHandle(handle -> handle.execute(
                    "UPDATE access_token SET expires_at = now() - make_interval(days => ?) WHERE id = ?", days, id));
        }
    }
}
