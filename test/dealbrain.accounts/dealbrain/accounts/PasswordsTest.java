package dealbrain.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.http.ProblemException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
    private final Passwords passwords = new Passwords(10);

    @Nested
    class Hash {
        @Test
        void hasTheStrengthThatOwaspAsksFor() {
            String[] parts = new Passwords(Passwords.ITERATIONS)
                    .hash("correct horse battery")
                    .split("\\$");

            assertEquals("pbkdf2-sha512", parts[0]);
            assertEquals("220000", parts[1]);
            assertEquals(16, Base64.getDecoder().decode(parts[2]).length);
            assertEquals(32, Base64.getDecoder().decode(parts[3]).length);
        }

        @Test
        void isRefusedWhenTooManyWait() {
            CountDownLatch end = new CountDownLatch(1);
            Executor hashers = Passwords.hashers(1, 1);
            Passwords busy = new Passwords(10, hashers);
            for (int i = 0; i < 2; i++) { // one at work and one that waits
                hashers.execute(() -> await(end));
            }

            ProblemException problem = assertThrows(ProblemException.class, () -> busy.hash("correct horse battery"));
            end.countDown();

            assertEquals(503, problem.type().status());
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Test
        void isAnotherEachTime() {
            assertNotEquals(passwords.hash("correct horse battery"), passwords.hash("correct horse battery"));
        }
    }

    @Nested
    class Matches {
        /** The vectors of PBKDF2-HMAC-SHA512 that implementations share, cut to 256 bits, which come first. */
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "1 867f70cf1ade02cff3752599a3a53dc4af34c7a669815ae5d513554e1c8cf252",
                    "2 e1d9c16aa681708a45f5c7c4e215ceb66e011a2e9f0040713f18aefdb866d53c",
                    "4096 d197b1b33db0143e018b12f3d1d1479e6cdebdcc97c5c0f87f6902e072f457b5"
                })
        void takesItsParametersFromTheHash(String vector) {
            String[] parts = vector.split(" ");
            String hash = "pbkdf2-sha512$" + parts[0] + "$" + base64("salt".getBytes()) + "$"
                    + base64(HexFormat.of().parseHex(parts[1]));

            assertTrue(passwords.matches("password", hash));
            assertFalse(passwords.matches("Password", hash));
        }

        private static String base64(byte[] bytes) {
            return Base64.getEncoder().withoutPadding().encodeToString(bytes);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "correct horse battery",
                    "påsswörd ßtraße",
                    "пароль-пароль",
                    "パスワード十文字以上です",
                    "🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑",
                    "a$b$c\\'\"%_"
                })
        void knowsThePasswordAndNoOther(String password) {
            String hash = passwords.hash(password);

            assertTrue(passwords.matches(password, hash));
            assertFalse(passwords.matches(password + "x", hash));
            assertFalse(passwords.matches(password + " ", hash));
        }

        @Test
        void tellsEveryCharacterOfALongPassword() {
            String password = "🔑".repeat(199);
            String hash = passwords.hash(password + "🔑");

            assertTrue(passwords.matches(password + "🔑", hash));
            assertFalse(passwords.matches(password + "🔒", hash));
        }

        @Test
        void knowsAnAccentedLetterHoweverTheKeyboardMakesIt() {
            assertTrue(passwords.matches("cafe\u0301 cafe\u0301", passwords.hash("caf\u00e9 caf\u00e9")));
        }

        @Test
        void isNeverTrueForNobody() {
            assertFalse(passwords.matchesNobody("nobody's"));
        }
    }
}
