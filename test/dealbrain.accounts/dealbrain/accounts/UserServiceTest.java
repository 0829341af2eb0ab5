package dealbrain.accounts;

import static dealbrain.testing.Problems.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.accounts.TokenHandler.SignIn;
import dealbrain.accounts.UserHandler.SignUp;
import dealbrain.accounts.UserHandler.UserChange;
import dealbrain.accounts.UserHandler.UserQuery;
import dealbrain.http.CountMode;
import dealbrain.http.IfMatch;
import dealbrain.http.PagedList;
import dealbrain.http.ProblemException;
import dealbrain.json.InputError;
import dealbrain.testing.Concurrently;
import dealbrain.testing.StatementCounter;
import dealbrain.testing.TestDatabase;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserServiceTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static final String PASSWORD = "correct horse battery";

    private static UserService users;
    private static UserService closed;
    private static TokenService tokens;

    @BeforeAll
    static void connect() {
        StatementCounter.listenTo(database.jdbi());
        PasswordHasher passwords = new PasswordHasher(10);
        users = new UserService(database.jdbi(), passwords, new SignUpLimit(System::nanoTime, 60), true);
        closed = new UserService(database.jdbi(), passwords, new SignUpLimit(System::nanoTime, 60), false);
        tokens = new TokenService(database.jdbi(), passwords);
    }

    private static String unique(String name) {
        return name + "-" + UUID.randomUUID().toString().substring(0, 12);
    }

    private static SignUp named(String username) {
        return new SignUp(username, PASSWORD, null, null, null);
    }

    private static SignUp mailed(String email) {
        return new SignUp(unique("user"), PASSWORD, email, null, null);
    }

    private static User signUp(UserService service, SignUp input) {
        return service.signUp(input, UUID.randomUUID().toString());
    }

    private static boolean isPassword(String username, String password) {
        try {
            tokens.signIn(
                    new SignIn(username, password, null, Scope.READ, null),
                    UUID.randomUUID().toString());
            return true;
        } catch (ProblemException e) {
            assertEquals("invalid-credentials", e.type().code());
            return false;
        }
    }

    @Nested
    class SignUps {
        @Test
        void createAUserInOneStatement() {
            SignUp input =
                    new SignUp(unique("Ada"), PASSWORD, unique("Ada") + "@example.org", "Ada 👩‍💻 Lovelace", null);

            int statements = StatementCounter.count(() -> signUp(users, input));

            assertEquals(1, statements);
            User created = users.find(input.username()).orElseThrow();
            assertEquals(input.username(), created.username());
            assertEquals(input.email(), created.email());
            assertEquals(input.displayName(), created.displayName());
            assertEquals(Role.USER, created.role());
            assertTrue(isPassword(input.username(), PASSWORD));
        }

        @Test
        void storeNoPassword() {
            User created = signUp(users, named(unique("ada")));

            String row = database.jdbi()
                    .withHandle(handle -> handle.createQuery("SELECT u::text FROM user_account u WHERE id = :id")
                            .bind("id", created.id())
                            .mapTo(String.class)
                            .one());

            assertFalse(row.contains(PASSWORD), row);
            assertTrue(row.contains("pbkdf2-sha512$"), row);
        }

        @Test
        void rejectATakenUsernameIgnoringCase() {
            String name = unique("ada");
            signUp(users, named(name));

            ProblemException problem = problem("username-taken", () -> signUp(users, named(name.toUpperCase())));

            assertEquals(409, problem.type().status());
            assertEquals(name, users.find(name.toUpperCase()).orElseThrow().username());
        }

        @Test
        void rejectATakenAddressIgnoringCase() {
            String email = unique("ada") + "@example.org";
            signUp(users, mailed(email));

            problem("email-taken", () -> signUp(users, mailed(email.toUpperCase())));
        }

        @Test
        void acceptManyUsersWithoutAnAddress() {
            signUp(users, named(unique("ada")));

            assertNull(signUp(users, named(unique("bob"))).email());
        }

        @Test
        void succeedOnceForConcurrentSignUpsOfOneName() {
            String name = unique("ada");

            List<String> outcomes =
                    Concurrently.run(20, i -> signUp(users, named(i % 2 == 0 ? name : name.toUpperCase())));

            assertEquals(1, Collections.frequency(outcomes, "ok"), outcomes::toString);
            assertEquals(19, Collections.frequency(outcomes, "username-taken"), outcomes::toString);
        }

        @Test
        void areLimitedForANetworkBeforeTheirPasswordsAreHashed() {
            UserService limited =
                    new UserService(database.jdbi(), new PasswordHasher(10), new SignUpLimit(() -> 0, 3), true);
            for (int i = 0; i < 3; i++) {
                limited.signUp(named(unique("ada")), "192.0.2.1");
            }

            int hashes = CountingHashes.count(() ->
                    problem("too-many-requests", () -> limited.signUp(named(unique("ada")), "192.0.2.1")));

            assertEquals(0, hashes);
            limited.signUp(named(unique("ada")), "192.0.2.2");
        }

        @Test
        void areRejectedWhenClosedWithoutAStatement() {
            int statements =
                    StatementCounter.count(() -> problem("signup-closed", () -> signUp(closed, named(unique("ada")))));

            assertEquals(0, statements);
            assertEquals(403, UserService.SIGNUP_CLOSED.status());
        }

        @ParameterizedTest
        @ValueSource(strings = {"ab", "A.b_C-9", "0123456789012345678901234567890123456789012345678901234567890123"})
        void acceptValidUsernames(String username) {
            assertEquals(username, signUp(users, named(username)).username());
        }

        @Test
        void countCharactersAndNotBytes() {
            SignUp input = new SignUp(unique("ada"), "🔑".repeat(200), "é".repeat(252) + "@ü", "😀".repeat(100), null);

            User created = signUp(users, input);

            assertEquals(input.email(), created.email());
            assertEquals(input.displayName(), created.displayName());
            assertTrue(isPassword(input.username(), input.password()));
        }
    }

    @Nested
    class Search {
        @Test
        void findsNamesByPrefixIgnoringCaseInTheirOrder() {
            String prefix = unique("Find");
            for (String end : List.of("-b", "_a", ".c", "Z", "a", "9", "")) {
                signUp(users, named(prefix + end));
            }
            signUp(users, named("x" + prefix));

            List<String> found = search(prefix.toUpperCase()).items().stream()
                    .map(PublicUser::username)
                    .toList();

            assertEquals(
                    List.of("", "-b", ".c", "9", "_a", "a", "Z").stream()
                            .map(prefix::concat)
                            .toList(),
                    found);
        }

        @ParameterizedTest
        @ValueSource(strings = {"%%", "__", "l_t", "lit%", "\\\\", "lit\\", "lit{", "😀😀", "' OR 1=1 --", "lït"})
        void treatsNoCharacterAsAWildcard(String q) {
            signUp(users, named(unique("lit")));

            assertEquals(List.of(), search(q).items());
        }

        @Test
        void returnsPagesAndTheTotal() {
            String prefix = unique("page");
            for (int i = 0; i < 5; i++) {
                signUp(users, named(prefix + i));
            }

            PagedList<PublicUser> page = users.search(new UserQuery(prefix, 2, 2, null, CountMode.LIMITED));

            assertEquals(
                    List.of(prefix + 2, prefix + 3),
                    page.items().stream().map(PublicUser::username).toList());
            assertEquals(5, page.total().count());
            assertEquals(
                    5,
                    users.search(new UserQuery(prefix, 2, 50, null, CountMode.LIMITED))
                            .total()
                            .count());
        }

        @Test
        void neverShowsEmailAddresses() {
            assertEquals(
                    List.of("id", "username", "displayName"),
                    Arrays.stream(PublicUser.class.getRecordComponents())
                            .map(RecordComponent::getName)
                            .toList());
        }

        private static PagedList<PublicUser> search(String q) {
            return users.search(new UserQuery(q, 100, 0, null, CountMode.LIMITED));
        }
    }

    @Nested
    class Update {
        private final User ada =
                users.create(new SignUp(unique("ada"), PASSWORD, unique("ada") + "@example.org", "Ada", null));

        private final NewToken token = tokens.create(ada, "laptop", Scope.WRITE);
        private final UserService.Caller caller =
                new UserService.Caller(ada, token.id(), UUID.randomUUID().toString(), false);

        private User update(UserChange change) {
            return users.update(caller, IfMatch.ANY, _ -> change);
        }

        private UserChange password(String password, String current) {
            return new UserChange(ada.displayName(), ada.email(), password, current);
        }

        @Test
        void setsAndClearsMembers() {
            User changed = update(new UserChange("Countess", null, null, null));

            assertEquals("Countess", changed.displayName());
            assertNull(changed.email());
            assertEquals(changed, users.find(ada.username()).orElseThrow());
            assertTrue(isPassword(ada.username(), PASSWORD));
        }

        @Test
        void editsTheStoredState() {
            update(new UserChange("Countess", ada.email(), null, null));

            User changed = users.update(
                    caller,
                    IfMatch.ANY,
                    stored -> new UserChange(stored.displayName(), "new" + ada.email(), null, null));

            assertEquals("Countess", changed.displayName());
        }

        @Test
        void incrementsTheVersionThatIfMatchComparesWith() {
            IfMatch seen = new IfMatch(List.of(ada.version() + "-tag"));

            User changed = users.update(caller, seen, change -> change);

            assertEquals(ada.version() + 1, changed.version());
            problem("precondition-failed", () -> users.update(caller, seen, change -> change));
        }

        @Test
        void rejectsTheAddressOfAnotherUser() {
            String email = unique("bob") + "@example.org";
            users.create(mailed(email));

            problem("email-taken", () -> update(new UserChange(null, email.toUpperCase(), null, null)));
            assertEquals("Ada", users.find(ada.username()).orElseThrow().displayName());
        }

        @Test
        void acceptsTheOwnAddressInAnotherCase() {
            assertEquals(
                    ada.email().toUpperCase(),
                    update(new UserChange(null, ada.email().toUpperCase(), null, null))
                            .email());
        }

        @Test
        void changesThePasswordWithTheCurrentOne() {
            update(password("another horse battery", PASSWORD));

            assertTrue(isPassword(ada.username(), "another horse battery"));
            assertFalse(isPassword(ada.username(), PASSWORD));
        }

        @Test
        void rejectsAPasswordWithoutTheCurrentOne() {
            List<InputError> without = problem("invalid-input", () -> update(password("another horse battery", null)))
                    .errors();
            List<InputError> wrong = problem("invalid-input", () -> update(password("another horse battery", "wrong")))
                    .errors();

            assertEquals(without, wrong);
            assertEquals(
                    List.of("/current_password"),
                    wrong.stream().map(InputError::pointer).toList());
            assertTrue(isPassword(ada.username(), PASSWORD));
        }

        @Test
        void deletesTheOtherTokensWithANewPassword() {
            NewToken other = tokens.create(ada, "phone", Scope.WRITE);
            NewToken bobs = tokens.create(users.create(named(unique("bob"))), "phone", Scope.WRITE);

            update(new UserChange("Countess", null, null, null));
            assertTrue(tokens.holder(other.token()).isPresent());
            update(password("another horse battery", PASSWORD));

            assertFalse(tokens.holder(other.token()).isPresent());
            assertTrue(tokens.holder(token.token()).isPresent());
            assertTrue(tokens.holder(bobs.token()).isPresent());
        }

        @Test
        void countsWrongPasswordsAsFailedSignIns() {
            for (int i = 0; i < 5; i++) {
                problem("invalid-input", () -> update(password("another horse battery", "wrong")));
            }

            problem("too-many-requests", () -> update(password("another horse battery", PASSWORD)));
            problem(
                    "too-many-requests",
                    () -> tokens.signIn(
                            new SignIn(ada.username(), PASSWORD, null, Scope.READ, null), caller.network()));
            assertEquals(
                    "Countess",
                    update(new UserChange("Countess", null, null, null)).displayName());
        }

        @Test
        void succeedsOnceForConcurrentPasswordChanges() {
            List<String> outcomes = Concurrently.run(6, i -> update(password("another horse " + i, PASSWORD)));

            assertEquals(1, Collections.frequency(outcomes, "ok"), outcomes::toString);
            assertEquals(5, Collections.frequency(outcomes, "invalid-input"), outcomes::toString);
            assertTrue(isPassword(ada.username(), "another horse " + outcomes.indexOf("ok")));
        }

        @Test
        void losesNoConcurrentChange() {
            List<String> outcomes = Concurrently.run(
                    2,
                    i -> users.update(
                            caller,
                            IfMatch.ANY,
                            stored -> i == 0
                                    ? new UserChange("Countess", stored.email(), null, null)
                                    : new UserChange(stored.displayName(), null, null, null)));

            assertEquals(List.of("ok", "ok"), outcomes);
            User stored = users.find(ada.username()).orElseThrow();
            assertEquals("Countess", stored.displayName());
            assertNull(stored.email());
        }

        @Test
        void isNotFoundForADeletedUser() {
            database.jdbi().useHandle(handle -> handle.execute("DELETE FROM user_account WHERE id = ?", ada.id()));

            problem("not-found", () -> update(new UserChange(null, null, null, null)));
        }
    }

    @Nested
    class Administrator {
        /** Those of other tests; no trigger keeps the last one. */
        @BeforeEach
        void removeAll() {
            database.jdbi().useTransaction(handle -> {
                handle.execute("SET LOCAL session_replication_role = replica");
                handle.execute("UPDATE user_account SET role = 'user' WHERE role = 'admin'");
            });
        }

        @Test
        void isCreatedOnce() {
            String name = unique("admin");

            assertTrue(users.createAdminIfAbsent(name, PASSWORD));
            assertFalse(users.createAdminIfAbsent(name.toUpperCase(), "another horse battery"));

            assertTrue(users.find(name).orElseThrow().isAdmin());
            assertTrue(isPassword(name, PASSWORD));
        }

        @Test
        void isCreatedOnceByConcurrentStarts() {
            String name = unique("admin");

            List<String> outcomes = Concurrently.run(10, _ -> users.createAdminIfAbsent(name, PASSWORD));

            assertEquals(10, Collections.frequency(outcomes, "ok"), outcomes::toString);
        }

        @Test
        void isCreatedOrGetsTheNewPassword() {
            String name = unique("admin");
            users.setAdmin(name, PASSWORD);
            long id = users.find(name).orElseThrow().id();

            users.setAdmin(name, "another horse battery");

            User stored = users.find(name).orElseThrow();
            assertEquals(id, stored.id());
            assertTrue(stored.isAdmin());
            assertTrue(isPassword(name, "another horse battery"));
            assertFalse(isPassword(name, PASSWORD));
        }
    }
}
