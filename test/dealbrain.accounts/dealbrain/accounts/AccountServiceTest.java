package dealbrain.accounts;

import static dealbrain.testing.Problems.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.accounts.AccountHandler.AccountChange;
import dealbrain.accounts.AccountHandler.AccountInput;
import dealbrain.accounts.AccountHandler.AccountQuery;
import dealbrain.accounts.TokenHandler.SignIn;
import dealbrain.accounts.UserHandler.SignUp;
import dealbrain.accounts.UserHandler.UserChange;
import dealbrain.http.CountMode;
import dealbrain.http.IfMatch;
import dealbrain.http.PagedList;
import dealbrain.testing.Concurrently;
import dealbrain.testing.TestDatabase;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountServiceTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static final String PASSWORD = "correct horse battery";

    private static AccountService accounts;
    private static UserService users;
    private static TokenService tokens;
    /** The only administrator at the start of each test. */
    private static User root;

    private final String network = UUID.randomUUID().toString();

    @BeforeAll
    static void connect() {
        PasswordHasher passwords = new PasswordHasher(10);
        accounts = new AccountService(database.jdbi(), passwords);
        users = new UserService(database.jdbi(), passwords, new SignUpLimit(System::nanoTime, 60), true);
        tokens = new TokenService(database.jdbi(), passwords);
    }

    @BeforeEach
    void leaveOneAdministrator() {
        users.setAdmin("root", PASSWORD);
        root = users.find("root").orElseThrow();
        sql("UPDATE user_account SET role = 'user' WHERE role = 'admin' AND id <> ?", root.id());
    }

    private static void sql(String statement, Object... arguments) {
        database.jdbi().useHandle(handle -> handle.execute(statement, arguments));
    }

    private static String unique(String name) {
        return name + "-" + UUID.randomUUID().toString().substring(0, 12);
    }

    private NewAccount create(Role role, @Nullable String password) {
        return accounts.create(root, new AccountInput(unique("eve"), password, null, null, role), network);
    }

    /** Creates an administrator who can sign in. */
    private User administrator() {
        return user(create(Role.ADMIN, PASSWORD).account());
    }

    private static User user(Account account) {
        return users.find(account.username()).orElseThrow();
    }

    private static Account change(User admin, long id, UnaryOperator<AccountChange> edit) {
        return accounts.update(admin, id, IfMatch.ANY, edit);
    }

    private static UnaryOperator<AccountChange> role(Role role) {
        return stored -> new AccountChange(stored.displayName(), stored.email(), role, stored.disabled());
    }

    private static UnaryOperator<AccountChange> disabled(boolean disabled) {
        return stored -> new AccountChange(stored.displayName(), stored.email(), stored.role(), disabled);
    }

    private NewToken signIn(String username, String password) {
        return tokens.signIn(new SignIn(username, password, null, Scope.WRITE, null), network);
    }

    @Nested
    class Create {
        @Test
        void makesAOneTimePassword() {
            AccountInput input =
                    new AccountInput(unique("eve"), null, unique("eve") + "@example.org", "Eve", Role.USER);

            accounts.create(root, input, network);

            Account created = found(input.username()).getFirst();
            assertEquals(input.email(), created.email());
            assertEquals("Eve", created.displayName());
            assertEquals(Role.USER, created.role());
            assertFalse(created.disabled());
            assertNotNull(created.passwordExpiresAt());
        }

        @Test
        void setsThePasswordOfTheInput() {
            NewAccount created = create(Role.ADMIN, PASSWORD);

            assertNull(created.oneTimePassword());
            assertNull(created.account().passwordExpiresAt());
            assertEquals(Role.ADMIN, created.account().role());
            assertTrue(
                    tokens.holder(signIn(created.account().username(), PASSWORD).token())
                            .isPresent());
        }

        @Test
        void rejectsATakenUsername() {
            AccountInput taken = new AccountInput("ROOT", PASSWORD, null, null, Role.USER);

            problem("username-taken", () -> accounts.create(root, taken, network));
        }

        @Test
        void makesSecretsThatDiffer() {
            Set<String> secrets =
                    Set.copyOf(Stream.generate(ReadableSecret::next).limit(1000).toList());

            assertEquals(1000, secrets.size());
            assertTrue(secrets.stream().allMatch(secret -> secret.matches("([a-km-np-z2-9]{5}-){3}[a-km-np-z2-9]{5}")));
        }
    }

    private static List<Account> found(String q) {
        return accounts.list(new AccountQuery(q, 100, 0, null, CountMode.LIMITED))
                .items();
    }

    @Nested
    class Search {
        @Test
        void findsWordsOfNamesAndAddress() {
            String mark = UUID.randomUUID().toString().substring(0, 8);
            Account created = accounts.create(
                            root,
                            new AccountInput("u." + mark, null, mark + "@Example.org", "Zoë " + mark, Role.USER),
                            network)
                    .account();

            for (String q : List.of(mark, "u " + mark, "ZOE " + mark, mark + " example", mark + "@example.org")) {
                assertEquals(List.of(created), found(q), q);
            }
            assertEquals(List.of(), found(mark + " nobody"));
        }

        @Test
        void findsTheNamesAfterAChange() {
            String before = unique("before");
            String after = unique("after");
            User ada = users.create(new SignUp(unique("ada"), PASSWORD, null, before, null));

            users.update(caller(ada, false), IfMatch.ANY, _ -> new UserChange(after, null, null, null));

            assertEquals(List.of(), found(before));
            assertEquals(ada.id(), found(after).getFirst().id());
        }

        @Test
        void findsUsersWhomAnOlderServerCreated() {
            String name = unique("old");
            sql("INSERT INTO user_account (username, password_hash) VALUES (?, 'x')", name);

            accounts.fillWords();

            assertEquals(name, found(name).getFirst().username());
        }

        @Test
        void returnsPagesNewestFirstAndTheTotal() {
            String mark = unique("page");
            for (int i = 0; i < 5; i++) {
                accounts.create(root, new AccountInput(mark + i, PASSWORD, null, null, Role.USER), network);
            }

            PagedList<Account> page = accounts.list(new AccountQuery(mark, 2, 2, null, CountMode.LIMITED));

            assertEquals(
                    List.of(mark + 2, mark + 1),
                    page.items().stream().map(Account::username).toList());
            assertEquals(5, page.total().count());
        }
    }

    private UserService.Caller caller(User user, boolean hasOneTimePassword) {
        return new UserService.Caller(user, 0, network, hasOneTimePassword);
    }

    @Nested
    class Update {
        @Test
        void changesRoleNamesAndAddress() {
            long id = create(Role.USER, PASSWORD).account().id();
            String email = unique("eve") + "@example.org";

            Account changed = change(root, id, _ -> new AccountChange("Eve", email, Role.ADMIN, false));

            assertEquals("Eve", changed.displayName());
            assertEquals(email, changed.email());
            assertEquals(Role.ADMIN, changed.role());
            assertEquals(changed, accounts.get(id));
            problem("not-found", () -> change(root, 0, edit -> edit));
        }

        @Test
        void incrementsTheVersionThatIfMatchComparesWith() {
            Account created = create(Role.USER, PASSWORD).account();
            IfMatch seen = new IfMatch(List.of(created.version() + "-tag"));

            accounts.update(root, created.id(), seen, edit -> edit);

            problem("precondition-failed", () -> accounts.update(root, created.id(), seen, edit -> edit));
            problem("precondition-failed", () -> accounts.delete(root, created.id(), seen));
        }

        @Test
        void rejectsATakenAddress() {
            String email = unique("bob") + "@example.org";
            users.create(new SignUp(unique("bob"), PASSWORD, email, null, null));
            long id = create(Role.USER, PASSWORD).account().id();

            problem("email-taken", () -> change(root, id, _ -> new AccountChange(null, email, Role.USER, false)));
        }

        @Test
        void disablesAndEnablesWithoutDeletingAnything() {
            Account eve = create(Role.USER, PASSWORD).account();
            String token = signIn(eve.username(), PASSWORD).token();

            assertTrue(change(root, eve.id(), disabled(true)).disabled());

            assertFalse(tokens.holder(token).isPresent());
            assertTrue(tokens.bearer(token).orElseThrow().isDisabled());
            problem("account-disabled", () -> signIn(eve.username(), PASSWORD));
            problem("invalid-credentials", () -> signIn(eve.username(), "wrong"));

            assertFalse(change(root, eve.id(), disabled(false)).disabled());

            assertTrue(tokens.holder(token).isPresent());
            assertTrue(tokens.holder(signIn(eve.username(), PASSWORD).token()).isPresent());
        }
    }

    @Nested
    class OneTimePassword {
        private final NewAccount created = create(Role.USER, null);
        private final String username = created.account().username();
        private final String password = String.valueOf(created.oneTimePassword());

        @Test
        void worksForOneSignIn() {
            TokenDao.Bearer bearer =
                    tokens.bearer(signIn(username, password).token()).orElseThrow();

            assertTrue(bearer.hasOneTimePassword());
            problem("one-time-password-expired", () -> signIn(username, password));
        }

        @Test
        void worksForOneOfConcurrentSignIns() {
            List<String> outcomes = Concurrently.run(8, _ -> signIn(username, password));

            assertEquals(1, outcomes.stream().filter("ok"::equals).count(), outcomes::toString);
            assertEquals(
                    7,
                    outcomes.stream()
                            .filter("one-time-password-expired"::equals)
                            .count(),
                    outcomes::toString);
        }

        @Test
        void expires() {
            sql(
                    "UPDATE user_account SET password_expires_at = now() - interval '1 second' WHERE id = ?",
                    created.account().id());

            problem("one-time-password-expired", () -> signIn(username, password));
            problem("invalid-credentials", () -> signIn(username, "wrong"));
        }

        @Test
        void isReplacedByAnotherPassword() {
            String token = signIn(username, password).token();
            UserService.Caller caller = caller(user(created.account()), true);

            problem("password-change-required", () -> users.update(caller, IfMatch.ANY, edit -> edit));
            problem("invalid-input", () -> users.update(caller, IfMatch.ANY, _ -> password(password)));
            users.update(
                    new UserService.Caller(caller.user(), tokenId(token), network, true),
                    IfMatch.ANY,
                    _ -> password("another horse battery"));

            assertFalse(tokens.bearer(token).orElseThrow().hasOneTimePassword());
            assertNull(accounts.get(created.account().id()).passwordExpiresAt());
            assertTrue(tokens.holder(signIn(username, "another horse battery").token())
                    .isPresent());
            problem("invalid-credentials", () -> signIn(username, password));
        }

        private UserChange password(String chosen) {
            return new UserChange(null, null, chosen, password);
        }

        private static long tokenId(String token) {
            return tokens.bearer(token).orElseThrow().tokenId();
        }

        @Test
        void endsAllTokensOfTheUserOnly() {
            Account eve = create(Role.USER, PASSWORD).account();
            String token = signIn(eve.username(), PASSWORD).token();
            String other = signIn("root", PASSWORD).token();

            NewAccount reset = accounts.resetPassword(root, eve.id(), network);

            assertFalse(tokens.bearer(token).isPresent());
            assertTrue(tokens.holder(other).isPresent());
            problem("invalid-credentials", () -> signIn(eve.username(), PASSWORD));
            assertTrue(tokens.holder(signIn(eve.username(), String.valueOf(reset.oneTimePassword()))
                            .token())
                    .isPresent());
            problem("not-found", () -> accounts.resetPassword(root, 0, network));
        }
    }

    @Nested
    class Administrators {
        @Test
        void cannotLockThemselvesOut() {
            User other = administrator();

            problem("own-account", () -> change(other, other.id(), role(Role.USER)));
            problem("own-account", () -> change(other, other.id(), disabled(true)));
            problem("own-account", () -> accounts.resetPassword(other, other.id(), network));
            problem("own-account", () -> accounts.delete(other, other.id(), IfMatch.ANY));
            assertEquals(
                    "Eve",
                    change(other, other.id(), _ -> new AccountChange("Eve", null, Role.ADMIN, false))
                            .displayName());
        }

        static Stream<BiConsumer<User, User>> ends() {
            return Stream.of(
                    (admin, other) -> change(admin, other.id(), role(Role.USER)),
                    (admin, other) -> change(admin, other.id(), disabled(true)),
                    (admin, other) -> accounts.resetPassword(admin, other.id(), admin.username()),
                    (admin, other) -> accounts.delete(admin, other.id(), IfMatch.ANY),
                    (admin, other) -> users.delete(
                            new UserService.Caller(other, 0, UUID.randomUUID().toString(), false), PASSWORD));
        }

        /** Who is refused decides the order of their locks; that both are not refused, the database. */
        @ParameterizedTest
        @MethodSource("ends")
        void leaveOneWhoCanSignInIfTwoEndEachOther(BiConsumer<User, User> end) {
            for (int round = 0; round < 5; round++) {
                leaveOneAdministrator();
                User other = administrator();

                List<String> outcomes =
                        Concurrently.run(2, i -> end.accept(i == 0 ? root : other, i == 0 ? other : root));

                assertEquals(Set.of("ok", "last-administrator"), Set.copyOf(outcomes), outcomes::toString);
                assertEquals(1, ableAdministrators());
            }
        }

        private static long ableAdministrators() {
            return database.jdbi()
                    .withHandle(handle -> handle.createQuery("SELECT count(*) FROM user_account WHERE role = 'admin'"
                                    + " AND disabled_at IS NULL AND password_expires_at IS NULL")
                            .mapTo(Long.class)
                            .one());
        }

        /** One who has not chosen a password yet may never sign in. */
        @Test
        void areNotCountedBeforeTheyHaveChosenAPassword() {
            create(Role.ADMIN, null);

            problem("last-administrator", () -> users.delete(caller(root, false), PASSWORD));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "UPDATE user_account SET role = 'user'",
                    "UPDATE user_account SET disabled_at = now() WHERE role = 'admin'",
                    "UPDATE user_account SET password_expires_at = now() WHERE username = 'root'",
                    "DELETE FROM user_account WHERE role = 'admin'",
                    "DELETE FROM user_account"
                })
        void areKeptFromStatementsByHand(String statement) {
            administrator();
            if (statement.contains("root")) {
                leaveOneAdministrator();
            }

            UnableToExecuteStatementException e =
                    assertThrows(UnableToExecuteStatementException.class, () -> sql(statement));

            assertTrue(String.valueOf(e.getMessage()).contains("is the last administrator who can sign in"));
            assertTrue(ableAdministrators() > 0);
        }

        @Test
        void areRescuedByTheConfiguredPassword() {
            User other = administrator();
            change(other, root.id(), disabled(true));

            users.setAdmin("root", PASSWORD);

            assertTrue(tokens.holder(signIn("root", PASSWORD).token()).isPresent());
        }

        @Test
        void areNotCreatedAtTheStartIfOneExists() {
            String name = unique("admin");

            assertFalse(users.createAdminIfAbsent(name, PASSWORD));

            assertTrue(users.find(name).isEmpty());
        }
    }

    @Nested
    class Deletion {
        @Test
        void deletesTheUserAndTheirTokens() {
            Account eve = create(Role.USER, PASSWORD).account();
            String token = signIn(eve.username(), PASSWORD).token();

            accounts.delete(root, eve.id(), IfMatch.ANY);

            assertFalse(tokens.holder(token).isPresent());
            problem("not-found", () -> accounts.get(eve.id()));
            problem("not-found", () -> accounts.delete(root, eve.id(), IfMatch.ANY));
            problem("invalid-credentials", () -> signIn(eve.username(), PASSWORD));
        }

        @Test
        void ofTheOwnAccountNeedsThePassword() {
            User eve = user(create(Role.USER, PASSWORD).account());

            problem("invalid-input", () -> users.delete(caller(eve, false), "wrong"));
            assertTrue(users.find(eve.username()).isPresent());
            users.delete(caller(eve, false), PASSWORD);

            assertTrue(users.find(eve.username()).isEmpty());
        }

        @Test
        void countsWrongPasswordsAsFailedSignIns() {
            User eve = user(create(Role.USER, PASSWORD).account());
            for (int i = 0; i < SignInAttempts.USER_LIMIT; i++) {
                problem("invalid-input", () -> users.delete(caller(eve, false), "wrong"));
            }

            problem("too-many-requests", () -> users.delete(caller(eve, false), PASSWORD));
        }
    }
}
