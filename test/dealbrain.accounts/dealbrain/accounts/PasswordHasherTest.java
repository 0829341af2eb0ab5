package dealbrain.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHasherTest {
    private static final HashClient CLIENT = HashClient.signIn("192.0.2.1");

    private final PasswordHasher passwords = new PasswordHasher(10);

    @Nested
    class Hash {
        @Test
        void hasTheStrengthThatOwaspRecommends() {
            String[] parts = new PasswordHasher(PasswordHasher.ITERATIONS)
                    .hash("correct horse battery", CLIENT)
                    .split("\\$");

            assertEquals("pbkdf2-sha512", parts[0]);
            assertEquals("220000", parts[1]);
            assertEquals(16, Base64.getDecoder().decode(parts[2]).length);
            assertEquals(32, Base64.getDecoder().decode(parts[3]).length);
        }

        @Test
        void differsEachTime() {
            assertNotEquals(
                    passwords.hash("correct horse battery", CLIENT), passwords.hash("correct horse battery", CLIENT));
        }
    }

    @Nested
    class Matches {
        /** Common test vectors of PBKDF2-HMAC-SHA512, cut to their first 256 bits. */
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "1 867f70cf1ade02cff3752599a3a53dc4af34c7a669815ae5d513554e1c8cf252",
                    "2 e1d9c16aa681708a45f5c7c4e215ceb66e011a2e9f0040713f18aefdb866d53c",
                    "4096 d197b1b33db0143e018b12f3d1d1479e6cdebdcc97c5c0f87f6902e072f457b5"
                })
        void readsTheParametersFromTheHash(String vector) {
            String[] parts = vector.split(" ");
            String hash = "pbkdf2-sha512$" + parts[0] + "$" + base64("salt".getBytes()) + "$"
                    + base64(HexFormat.of().parseHex(parts[1]));

            assertTrue(passwords.matches("password", hash, CLIENT));
            assertFalse(passwords.matches("Password", hash, CLIENT));
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
        void acceptsThePasswordAndNoOther(String password) {
            String hash = passwords.hash(password, CLIENT);

            assertTrue(passwords.matches(password, hash, CLIENT));
            assertFalse(passwords.matches(password + "x", hash, CLIENT));
            assertFalse(passwords.matches(password + " ", hash, CLIENT));
        }

        @Test
        void comparesEveryCharacterOfALongPassword() {
            String password = "🔑".repeat(199);
            String hash = passwords.hash(password + "🔑", CLIENT);

            assertTrue(passwords.matches(password + "🔑", hash, CLIENT));
            assertFalse(passwords.matches(password + "🔒", hash, CLIENT));
        }

        @Test
        void normalizesAccentedLetters() {
            assertTrue(
                    passwords.matches("cafe\u0301 cafe\u0301", passwords.hash("caf\u00e9 caf\u00e9", CLIENT), CLIENT));
        }

        @Test
        void acceptsNothingForAnUnknownUser() {
            assertFalse(passwords.matchesNothing("correct horse battery", CLIENT));
        }
    }
}
