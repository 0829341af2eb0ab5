package dealbrain.accounts;

import dealbrain.http.ProblemException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Hashes passwords by PBKDF2 with HMAC-SHA-512, as strong as OWASP's Password Storage Cheat Sheet recommends. A hash
 * has the form {@code pbkdf2-sha512$iterations$salt$hash} and so contains its parameters. Thread-safe.
 *
 * <p>Hashes are computed by platform threads, half as many as there are processors. A virtual thread would block its
 * carrier, and so other requests, for the duration of a hash. Passwords are normalized to NFC, since keyboards produce
 * accented letters in different ways (RFC 8265, section 4.2.2).
 */
final class PasswordHasher {
    /** OWASP's recommendation for PBKDF2-HMAC-SHA512. */
    static final int ITERATIONS = 220_000;

    private static final String SCHEME = "pbkdf2-sha512";
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;
    /** The hashes that can wait: about six seconds of work for one thread. */
    private static final int QUEUE_CAPACITY = 64;

    private final SecureRandom random = new SecureRandom();
    private final Executor executor;
    private final int iterations;
    /** A hash that no known password has: all its bytes are 0. */
    private final String unmatchable;

    /**
     * Creates a hasher. Its threads end after five idle seconds.
     *
     * @param iterations {@link #ITERATIONS}, or fewer in tests
     */
    PasswordHasher(int iterations) {
        this(iterations, executor(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), QUEUE_CAPACITY));
    }

    PasswordHasher(int iterations, Executor executor) {
        this.iterations = iterations;
        this.executor = executor;
        this.unmatchable = text(iterations, new byte[SALT_BYTES], new byte[HASH_BITS / Byte.SIZE]);
    }

    static Executor executor(int threads, int queueCapacity) {
        ThreadFactory daemons =
                Thread.ofPlatform().name("passwords-", 0).daemon().factory();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, 5, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queueCapacity), daemons);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /**
     * Returns the hash of a password, with a new salt.
     *
     * @throws ProblemException unavailable: the queue is full
     */
    String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return text(iterations, salt, derive(password, salt, iterations));
    }

    private static String text(int iterations, byte[] salt, byte[] hash) {
        return String.join("$", SCHEME, Integer.toString(iterations), encode(salt), encode(hash));
    }

    /**
     * Returns whether the password has this hash. Takes the same time for a wrong password.
     *
     * @throws ProblemException unavailable: the queue is full
     */
    boolean matches(String password, String hash) {
        String[] parts = hash.split("\\$", -1);
        byte[] salt = Base64.getDecoder().decode(parts[2]);
        return MessageDigest.isEqual(
                Base64.getDecoder().decode(parts[3]), derive(password, salt, Integer.parseInt(parts[1])));
    }

    /** Returns false after the time that {@link #matches} takes; for users that do not exist. */
    boolean matchesNothing(String password) {
        matches(password, unmatchable);
        return false;
    }

    private byte[] derive(String password, byte[] salt, int rounds) {
        FutureTask<byte[]> hash = new FutureTask<>(() -> pbkdf2(password, salt, rounds));
        try {
            executor.execute(hash);
            return hash.get();
        } catch (RejectedExecutionException e) {
            throw overloaded();
        } catch (InterruptedException e) {
            hash.cancel(false);
            Thread.currentThread().interrupt();
            throw overloaded();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the password could not be hashed", e.getCause());
        }
    }

    static ProblemException overloaded() {
        return ProblemException.unavailable(
                "too many sign-ins at the same time; try again in a second", Duration.ofSeconds(1));
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
