package dealbrain.accounts;

import static dealbrain.testing.Problems.problem;

import dealbrain.http.ProblemException;
import dealbrain.testing.StatementCounter;
import dealbrain.testing.TestDatabase;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A user, and how she signs in, for the tests of tokens and of the tries of passwords. */
abstract class SignInFixture {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    static final String PASSWORD = "correct horse battery";

    static UserService users;
    static TokenService tokens;
    /** Another for each test, as there is a limit for all users of an address. */
    final String address = UUID.randomUUID().toString();

    User ada;

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

    static User user(String name) {
        return users.create(
                new SignUp(name + "-" + UUID.randomUUID().toString().substring(0, 12), PASSWORD, null, null));
    }

    static SignIn signIn(String username, String password) {
        return new SignIn(username, password, null, Scope.WRITE, null);
    }

    NewToken token(Scope scope, @Nullable Integer days) {
        return tokens.signIn(new SignIn(ada.username(), PASSWORD, "laptop", scope, days), address);
    }

    ProblemException fail(String code) {
        return problem(code, () -> tokens.signIn(signIn(ada.username(), "wrong"), address));
    }
}
