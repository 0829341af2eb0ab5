package dealbrain.accounts;

import static dealbrain.testing.Problems.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dealbrain.accounts.InviteHandler.InviteInput;
import dealbrain.accounts.UserHandler.SignUp;
import dealbrain.http.CountMode;
import dealbrain.http.PageQuery;
import dealbrain.testing.Concurrently;
import dealbrain.testing.TestDatabase;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class InviteServiceTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static final String PASSWORD = "correct horse battery";

    private static InviteService invites;
    /** Of a server whose sign-up is closed. */
    private static UserService users;

    private static User admin;

    @BeforeAll
    static void connect() {
        invites = new InviteService(database.jdbi());
        users = new UserService(
                database.jdbi(), new PasswordHasher(10), new SignUpLimit(System::nanoTime, 1000), false);
        users.setAdmin("admin", PASSWORD);
        admin = users.find("admin").orElseThrow();
    }

    private static NewInvite invite() {
        return invites.create(admin, new InviteInput("for Ada", 7));
    }

    private static User signUp(String code) {
        String username = "u-" + UUID.randomUUID();
        return users.signUp(new SignUp(username, PASSWORD, null, null, code), username);
    }

    private static Invite stored(NewInvite invite) {
        return invites.list(new PageQuery(100, 0, null, CountMode.NONE)).items().stream()
                .filter(each -> each.id() == invite.id())
                .findFirst()
                .orElseThrow();
    }

    private static void sql(String statement, Object... arguments) {
        database.jdbi().useHandle(handle -> handle.execute(statement, arguments));
    }

    @Test
    void letsOnePersonSignUpWhileSignUpIsClosed() {
        NewInvite invite = invite();
        assertNull(stored(invite).usedAt());
        assertEquals("admin", stored(invite).createdBy());
        assertEquals("for Ada", stored(invite).note());

        User ada = signUp(invite.code());

        assertEquals(Role.USER, ada.role());
        assertNotNull(stored(invite).usedAt());
        assertEquals(ada.username(), stored(invite).usedBy());
        problem("invite-invalid", () -> signUp(invite.code()));
    }

    @Test
    void succeedsOnceForFiftyConcurrentSignUps() {
        NewInvite invite = invite();

        List<String> outcomes = Concurrently.run(50, _ -> signUp(invite.code()));

        assertEquals(1, Collections.frequency(outcomes, "ok"), outcomes::toString);
        assertEquals(49, Collections.frequency(outcomes, "invite-invalid"), outcomes::toString);
    }

    @Test
    void acceptsTheCodeAsPeopleTypeIt() {
        signUp(" " + invite().code().toUpperCase(Locale.ROOT).replace('-', ' '));
    }

    @Test
    void isNotUsedByASignUpThatFails() {
        NewInvite invite = invite();

        problem("username-taken", () -> users.signUp(new SignUp("ADMIN", PASSWORD, null, null, invite.code()), "n"));
        String taken = signUp(invite().code()).username();
        problem("username-taken", () -> users.signUp(new SignUp(taken, PASSWORD, null, null, invite.code()), "n"));

        assertNull(stored(invite).usedAt());
        signUp(invite.code());
    }

    @Test
    void isRejectedBeforeThePasswordIsHashed() {
        NewInvite expired = invite();
        sql("UPDATE invite SET expires_at = now() WHERE id = ?", expired.id());
        NewInvite deleted = invite();
        invites.delete(admin, deleted.id());

        for (String code : List.of(expired.code(), deleted.code(), "abcde-abcde-abcde-abcde", "-")) {
            assertEquals(0, CountingHashes.count(() -> problem("invite-invalid", () -> signUp(code))), code);
        }
        problem("not-found", () -> invites.delete(admin, deleted.id()));
        problem("signup-closed", () -> users.signUp(new SignUp("nobody", PASSWORD, null, null, null), "n"));
    }

    @Test
    void expiresAfterTheRequestedDays() {
        NewInvite invite = invites.create(admin, new InviteInput(null, 30));

        assertEquals(
                30 * 24,
                Duration.between(invite.createdAt(), invite.expiresAt()).toHours());
        assertNull(stored(invite).note());
    }

    @Test
    void storesNoCode() {
        NewInvite invite = invite();

        String row = database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT i::text FROM invite i WHERE id = :id")
                        .bind("id", invite.id())
                        .mapTo(String.class)
                        .one());

        assertFalse(row.contains(invite.code()), row);
        assertFalse(invite.toString().contains(invite.code()));
    }

    @Test
    void survivesTheDeletionOfItsUsers() {
        NewInvite invite = invite();
        User ada = signUp(invite.code());
        sql("UPDATE invite SET created_by = ? WHERE id = ?", ada.id(), invite.id());

        sql("DELETE FROM user_account WHERE id = ?", ada.id());

        assertNull(stored(invite).createdBy());
        assertNull(stored(invite).usedBy());
        assertNotNull(stored(invite).usedAt());
    }
}
