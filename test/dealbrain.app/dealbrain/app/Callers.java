package dealbrain.app;

import dealbrain.testing.Api;
import dealbrain.testing.TestDatabase;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The clients that request an object of the owner: without a token, of other users, and with other tokens of the
 * owner.
 */
final class Callers {
    static final String PASSWORD = "correct horse battery";

    final String run = UUID.randomUUID().toString().substring(0, 8);
    final Api anonymous;
    final Api other;
    final Api recipient;
    final Api sender;
    final Api admin;
    final Api owner;
    private final Consumer<String> sql;
    private final Map<String, Api> byName = new LinkedHashMap<>();

    Callers(RunningApplication application, TestDatabase database) {
        this(
                application.api(),
                application::admin,
                statement -> database.jdbi().useHandle(handle -> handle.execute(statement)));
    }

    /** @param sql executes a statement in the database of the application */
    Callers(Api anonymous, Supplier<Api> signIn, Consumer<String> sql) {
        this.anonymous = anonymous;
        this.sql = sql;
        resetLimits();
        other = anonymous.signUp("other-" + run);
        recipient = anonymous.signUp("recipient-" + run);
        sender = anonymous.signUp("sender-" + run);
        admin = signIn.get();
        owner = anonymous.signUp("owner-" + run);
        byName.put("anonymous", anonymous);
        byName.put("other", other);
        byName.put("recipient", recipient);
        byName.put("sender", sender);
        byName.put("admin", admin);
        byName.put("reader", anonymous.signIn("owner-" + run, PASSWORD, "read"));
        byName.put("revoked", revoked());
        byName.put("expired", expired());
        byName.put("owner", owner);
    }

    /** Returns the clients by the column names of {@code authorisation.txt}, in their order. */
    Map<String, Api> byName() {
        return byName;
    }

    private Api revoked() {
        Api.Response created = anonymous.post(
                "/api/v1/tokens", "{\"username\": \"owner-" + run + "\", \"password\": \"" + PASSWORD + "\"}");
        owner.delete(created.header("Location").orElseThrow());
        return anonymous.as(created.json().path("token").asText());
    }

    private Api expired() {
        Api.Response created = anonymous.post(
                "/api/v1/tokens",
                "{\"username\": \"owner-" + run + "\", \"password\": \"" + PASSWORD + "\", \"expires_in_days\": 1}");
        sql.accept("UPDATE access_token SET expires_at = now() - interval '1 second' WHERE id = "
                + created.json().path("id").asLong());
        return anonymous.as(created.json().path("token").asText());
    }

    /** Resets the limits of shares with users and of failed sign-ins. */
    void resetLimits() {
        sql.accept("DELETE FROM user_share_limit");
        sql.accept("DELETE FROM sign_in_failure");
    }
}
