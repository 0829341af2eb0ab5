package dealbrain.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dealbrain.http.CountMode;
import dealbrain.http.PageQuery;
import dealbrain.testing.StatementCounter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class TokenUsesTest extends SignInFixture {
    private static final Instant START = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    private Instant now = START;
    private final TokenUses uses = new TokenUses(database.jdbi(), () -> now);

    private void use(NewToken token, int second, String address) {
        now = START.plusSeconds(second);
        try {
            uses.record(token.id(), InetAddress.getByName(address));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(address, e);
        }
    }

    private AccessToken stored(NewToken token) {
        return tokens.list(ada, new PageQuery(100, 0, null, CountMode.NONE)).items().stream()
                .filter(each -> each.id() == token.id())
                .findFirst()
                .orElseThrow();
    }

    private void assertStored(NewToken token, int second, String address) {
        assertEquals(START.plusSeconds(second), stored(token).lastUsedAt());
        assertEquals(address, stored(token).lastUsedFrom());
    }

    @Test
    void areStoredTogetherInOneStatement() {
        NewToken first = token(Scope.READ, null);
        NewToken second = token(Scope.READ, null);
        NewToken unused = token(Scope.READ, null);

        int statements = StatementCounter.count(() -> {
            use(first, 1, "192.0.2.1");
            use(second, 2, "192.0.2.2");
            use(first, 3, "2001:db8::1");
            uses.store();
            uses.store(); // nothing is left
        });

        assertEquals(1, statements);
        assertStored(first, 3, "2001:db8:0:0:0:0:0:1");
        assertStored(second, 2, "192.0.2.2");
        assertNull(stored(unused).lastUsedAt());
        assertNull(stored(unused).lastUsedFrom());
    }

    @Test
    void areStoredAtMostOncePerMinute() {
        NewToken token = token(Scope.READ, null);
        use(token, 0, "192.0.2.1");
        uses.store();
        use(token, 59, "192.0.2.2");
        uses.store();
        assertStored(token, 0, "192.0.2.1");

        use(token, 60, "192.0.2.3");
        uses.store();
        assertStored(token, 60, "192.0.2.3");
    }

    @Test
    void areKeptWhileTheyCannotBeStored() {
        NewToken token = token(Scope.READ, null);
        use(token, 0, "192.0.2.1");
        sql("ALTER TABLE access_token RENAME TO away");
        try {
            assertThrows(RuntimeException.class, uses::store);
        } finally {
            sql("ALTER TABLE away RENAME TO access_token");
        }

        uses.store();
        assertStored(token, 0, "192.0.2.1");
    }

    @Test
    void ofDeletedTokensAreForgotten() {
        NewToken deleted = token(Scope.READ, null);
        NewToken other = token(Scope.READ, null);
        use(deleted, 0, "192.0.2.1");
        use(other, 0, "192.0.2.1");
        tokens.delete(ada, deleted.id());

        uses.store();
        assertStored(other, 0, "192.0.2.1");
        assertEquals(0, StatementCounter.count(uses::store));
    }

    @Test
    void areNotInTheChangeLog() {
        NewToken token = token(Scope.READ, null);
        long before = number("SELECT count(*) FROM change_log");
        use(token, 0, "192.0.2.1");
        uses.store();

        assertStored(token, 0, "192.0.2.1");
        assertEquals(before, number("SELECT count(*) FROM change_log"));
    }

    private static void sql(String statement) {
        database.jdbi().useHandle(handle -> handle.execute(statement));
    }

    private static long number(String query) {
        return database.jdbi()
                .withHandle(
                        handle -> handle.createQuery(query).mapTo(Long.class).one());
    }
}
