package dealbrain.app;

import dealbrain.testing.Api;
import dealbrain.testing.TestDatabase;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Everybody who may ask for a thing of the owner's: other users, and other tokens of the owner's own. */
final class Callers {
    static final String PASSWORD = "correct horse battery";

    final String run = UUID.randomUUID().toString().substring(0, 8);
    final Api anonymous;
    final Api other;
    final Api recipient;
    final Api sender;
    final Api admin;
    final Api owner;
    private final TestDatabase database;
    private final Map<String, Api> byName = new LinkedHashMap<>();

    Callers(RunningApplication application, TestDatabase database) {
        this.database = database;
        forgetLimits();
        anonymous = application.api();
        other = anonymous.signUp("other-" + run);
        recipient = anonymous.signUp("recipient-" + run);
        sender = anonymous.signUp("sender-" + run);
        admin = application.admin();
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

    /** By the names of the table's columns, in their order. */
    Map<String, Api> byName() {
        return byName;
    }

    private Api revoked() {
        Api.Answer made = anonymous.post(
                "/api/v1/tokens", "{\"username\": \"owner-" + run + "\", \"password\": \"" + PASSWORD + "\"}");
        owner.delete(made.header("Location").orElseThrow());
        return anonymous.as(made.json().path("token").asText());
    }

    private Api expired() {
        Api.Answer made = anonymous.post(
                "/api/v1/tokens",
                "{\"username\": \"owner-" + run + "\", \"password\": \"" + PASSWORD + "\", \"expires_in_days\": 1}");
        database.jdbi()
                .useHandle(handle -> handle.execute(
                        "UPDATE access_token SET expires_at = now() - interval '1 second' WHERE id = ?",
                        made.json().path("id").asLong()));
        return anonymous.as(made.json().path("token").asText());
    }

    /** Lets everybody share with users and sign in again, which they may do so often only. */
    void forgetLimits() {
        database.jdbi().useHandle(handle -> handle.execute("DELETE FROM user_share_limit"));
        database.jdbi().useHandle(handle -> handle.execute("DELETE FROM sign_in_failure"));
    }
}
