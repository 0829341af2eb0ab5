package dealbrain.accounts;

import static dealbrain.testing.Problems.problem;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.http.CountMode;
import dealbrain.http.PageQuery;
import dealbrain.http.PagedList;
import dealbrain.http.ProblemException;
import dealbrain.testing.StatementCounter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenServiceTest extends SignInFixture {
    @Nested
    class SignInWithPassword {
        @Test
        void createsATokenOf256Bits() {
            NewToken created = token(Scope.WRITE, null);

            assertTrue(created.token().matches("dbt_[A-Za-z0-9_-]{43}"), created.token());
            assertEquals("laptop", created.name());
            assertEquals(Scope.WRITE, created.scope());
            assertNull(created.expiresAt());
            assertNotEquals(created.token(), token(Scope.WRITE, null).token());
        }

        @Test
        void storesOnlyTheHash() throws GeneralSecurityException {
            NewToken created = token(Scope.READ, null);

            byte[] stored = database.jdbi()
                    .withHandle(handle -> handle.createQuery("SELECT token_hash FROM access_token WHERE id = :id")
                            .bind("id", created.id())
                            .mapTo(byte[].class)
                            .one());
            String row = database.jdbi()
                    .withHandle(handle -> handle.createQuery("SELECT t::text FROM access_token t WHERE id = :id")
                            .bind("id", created.id())
                            .mapTo(String.class)
                            .one());

            assertArrayEquals(
                    MessageDigest.getInstance("SHA-256").digest(created.token().getBytes(StandardCharsets.US_ASCII)),
                    stored);
            assertFalse(row.contains(created.token().substring(4)), row);
            assertFalse(created.toString().contains(created.token()));
        }

        @Test
        void expiresAfterTheRequestedDays() {
            NewToken created = token(Scope.READ, 30);

            assertNotNull(created.expiresAt());
            assertEquals(Duration.ofDays(30), Duration.between(created.createdAt(), created.expiresAt()));
        }

        @Test
        void ignoresTheCaseOfTheUsername() {
            assertTrue(tokens.holder(tokens.signIn(signIn(ada.username().toUpperCase(), PASSWORD), network)
                            .token())
                    .isPresent());
        }

        @Test
        void reportsAWrongPasswordAndAnUnknownUserAlike() {
            ProblemException wrong = fail("invalid-credentials");
            ProblemException unknown = problem(
                    "invalid-credentials", () -> tokens.signIn(signIn("unknown-" + ada.username(), "wrong"), network));

            assertEquals(401, wrong.type().status());
            assertEquals(wrong.type(), unknown.type());
            assertEquals(wrong.getMessage(), unknown.getMessage());
        }

        @Test
        void doesTheSameWorkForAWrongPasswordAndAnUnknownUser() {
            Runnable wrong = () -> fail("invalid-credentials");
            Runnable unknown = () -> problem(
                    "invalid-credentials", () -> tokens.signIn(signIn("unknown-" + ada.username(), "wrong"), network));

            assertEquals(StatementCounter.count(wrong), StatementCounter.count(unknown));
            assertEquals(1, CountingHashes.count(wrong));
            assertEquals(1, CountingHashes.count(unknown));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "'", "%", "😀", "ada@example.org"})
        void failsForInvalidUsernames(String username) {
            problem(
                    "invalid-credentials",
                    () -> tokens.signIn(signIn(username + " " + UUID.randomUUID(), ""), network));
        }
    }

    @Nested
    class Bearer {
        @Test
        void isFoundWithUserAndScopeInOneStatement() {
            String token = token(Scope.READ, 1).token();

            int statements = StatementCounter.count(() -> assertEquals(Optional.of(ada), tokens.holder(token)));

            assertEquals(1, statements);
            assertEquals(Scope.READ, tokens.bearer(token).orElseThrow().scope());
        }

        @Test
        void isAbsentAfterTheTokenExpired() {
            NewToken created = token(Scope.WRITE, 1);
            database.jdbi()
                    .useHandle(handle ->
                            handle.execute("UPDATE access_token SET expires_at = now() WHERE id = ?", created.id()));

            assertEquals(Optional.empty(), tokens.holder(created.token()));
        }

        @Test
        void isAbsentAfterTheUserWasDeleted() {
            NewToken created = token(Scope.WRITE, null);
            database.jdbi().useHandle(handle -> handle.execute("DELETE FROM user_account WHERE id = ?", ada.id()));

            assertEquals(Optional.empty(), tokens.holder(created.token()));
        }

        @Test
        void isAbsentForAnUnknownToken() {
            String token = token(Scope.WRITE, null).token();
            char last = token.charAt(46) == 'A' ? 'E' : 'A';

            assertEquals(Optional.empty(), tokens.holder(token.substring(0, 46) + last));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "dbt_",
                    "dbt_short",
                    "DBT_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                    "dbt_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                    "dbt_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                    "dbt_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n"
                })
        void runsNoStatementForAMalformedToken(String token) {
            int statements = StatementCounter.count(() -> assertEquals(Optional.empty(), tokens.holder(token)));

            assertEquals(0, statements);
        }
    }

    @Nested
    class ListOfTokens {
        @Test
        void hasOnlyTheUsersOwnNewestFirst() {
            long first = token(Scope.READ, 5).id();
            tokens.create(user("bob"), "phone", Scope.WRITE);
            long second = token(Scope.WRITE, null).id();

            PagedList<AccessToken> found = tokens.list(ada, new PageQuery(10, 0, null, CountMode.LIMITED));

            assertEquals(
                    List.of(second, first),
                    found.items().stream().map(AccessToken::id).toList());
            assertEquals(2, found.total().count());
            assertEquals(
                    List.of(first),
                    tokens.list(ada, new PageQuery(1, 1, null, CountMode.LIMITED)).items().stream()
                            .map(AccessToken::id)
                            .toList());
            assertEquals(
                    2,
                    tokens.list(ada, new PageQuery(10, 10, null, CountMode.LIMITED))
                            .total()
                            .count());
        }
    }

    @Nested
    class Delete {
        @Test
        void invalidatesOnlyThisTokenAtOnce() {
            NewToken deleted = token(Scope.WRITE, null);
            NewToken other = token(Scope.WRITE, null);

            tokens.delete(ada, deleted.id());

            assertEquals(Optional.empty(), tokens.holder(deleted.token()));
            assertEquals(Optional.of(ada), tokens.holder(other.token()));
        }

        @Test
        void doesNotFindTokensOfOthers() {
            NewToken bobs = tokens.create(user("bob"), "phone", Scope.WRITE);

            String others =
                    problem("not-found", () -> tokens.delete(ada, bobs.id())).getMessage();
            String absent = problem("not-found", () -> tokens.delete(ada, Long.MAX_VALUE))
                    .getMessage();

            assertEquals(absent.replace(String.valueOf(Long.MAX_VALUE), String.valueOf(bobs.id())), others);
            assertTrue(tokens.holder(bobs.token()).isPresent());
        }
    }

    @Nested
    class DeleteExpired {
        @Test
        void deletesABatchOfTokensThatExpiredLongAgo() {
            List<Long> expired =
                    List.of(token(Scope.READ, 1).id(), token(Scope.READ, 1).id());
            NewToken recent = token(Scope.READ, 1);
            NewToken other = token(Scope.READ, 9);
            NewToken lasting = token(Scope.READ, null);
            expired.forEach(id -> expire(id, 8));
            expire(recent.id(), 6);

            assertEquals(1, StatementCounter.count(() -> assertEquals(1, tokens.deleteExpired(7, 1))));
            assertEquals(1, tokens.deleteExpired(7, 10));
            assertEquals(0, tokens.deleteExpired(7, 10));
            assertEquals(
                    List.of(lasting.id(), other.id(), recent.id()),
                    tokens.list(ada, new PageQuery(10, 0, null, CountMode.LIMITED)).items().stream()
                            .map(AccessToken::id)
                            .toList());
        }

        private static void expire(long id, int days) {
            database.jdbi()
                    .useHandle(handle -> handle.execute(
                            "UPDATE access_token SET expires_at = now() - make_interval(days => ?) WHERE id = ?",
                            days,
                            id));
        }
    }
}
