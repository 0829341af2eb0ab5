package dealbrain.accounts;

import dealbrain.http.ProblemException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Hashes passwords by PBKDF2 with HMAC-SHA-512, as strong as OWASP's Password Storage Cheat Sheet recommends. A hash
 * has the form {@code pbkdf2-sha512$iterations$salt$hash} and so contains its parameters. Thread-safe.
 *
 * <p>Hashes are computed by the platform threads of a {@link HashQueue}. A virtual thread would block its carrier, and
 * so other requests, for the duration of a hash. Passwords are normalized to NFC, since keyboards produce accented
 * letters in different ways (RFC 8265, section 4.2.2).
 */
final class PasswordHasher {
    /** OWASP's recommendation for PBKDF2-HMAC-SHA512. */
    static final int ITERATIONS = 220_000;

    private static final String SCHEME = "pbkdf2-sha512";
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;
    private final SecureRandom random = new SecureRandom();
    private final HashQueue queue;
    private final int iterations;
    /** A hash that no known password has: all its bytes are 0. */
    private final String unmatchable;

    /** @param iterations {@link #ITERATIONS}, or fewer in tests */
    PasswordHasher(int iterations) {
        this(iterations, HashQueue.ofProcessors());
    }

    PasswordHasher(int iterations, HashQueue queue) {
        this.iterations = iterations;
        this.queue = queue;
        this.unmatchable = text(iterations, new byte[SALT_BYTES], new byte[HASH_BITS / Byte.SIZE]);
    }

    /**
     * Returns the hash of a password, with a new salt.
     *
     * @throws ProblemException too many requests or unavailable: too many hashes are waiting
     */
    String hash(String password, HashClient client) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return text(iterations, salt, derive(password, salt, iterations, client));
    }

    private static String text(int iterations, byte[] salt, byte[] hash) {
        return String.join("$", SCHEME, Integer.toString(iterations), encode(salt), encode(hash));
    }

    /**
     * Returns whether the password has this hash. Takes the same time for a wrong password.
     *
     * @throws ProblemException too many requests or unavailable: too many hashes are waiting
     */
    boolean matches(String password, String hash, HashClient client) {
        String[] parts = hash.split("\\$", -1);
        byte[] salt = Base64.getDecoder().decode(parts[2]);
        return MessageDigest.isEqual(
                Base64.getDecoder().decode(parts[3]), derive(password, salt, Integer.parseInt(parts[1]), client));
    }

    /** Returns false after the time that {@link #matches} takes; for users that do not exist. */
    boolean matchesNothing(String password, HashClient client) {
        matches(password, unmatchable, client);
        return false;
    }

    private byte[] derive(String password, byte[] salt, int rounds, HashClient client) {
        FutureTask<byte[]> hash = new FutureTask<>(() -> pbkdf2(password, salt, rounds));
        try {
            return queue.add(client, hash).get();
        } catch (CancellationException _) {
            throw FairQueue.tooManyOfNetwork();
        } catch (InterruptedException _) {
            hash.cancel(false);
            Thread.currentThread().interrupt();
            throw ProblemException.unavailable("the server is stopping; try again in a second", Duration.ofSeconds(1));
        } catch (ExecutionException e) {
            throw new IllegalStateException("the password could not be hashed", e.getCause());
        }
    }

    private static byte[] pbkdf2(String password, byte[] salt, int rounds) throws GeneralSecurityException {
        PBEKeySpec spec = new PBEKeySpec(
                Normalizer.normalize(password, Normalizer.Form.NFC).toCharArray(), salt, rounds, HASH_BITS);
        return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                .generateSecret(spec)
                .getEncoded();
    }

    private static String encode(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }
}
