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
 * Password hashes by PBKDF2 with HMAC-SHA-512, as the JDK has it, in the strength that OWASP's Password Storage Cheat
 * Sheet asks for. The text {@code pbkdf2-sha512$iterations$salt$hash} carries its own parameters. Safe for use by many
 * threads. Platform threads hash, half as many as there are processors: virtual ones would keep their carriers, and so
 * everybody else, for as long as a hash takes. A password is taken in the normal form C, as keyboards differ in how they
 * make an accented letter (RFC 8265, section 4.2.2).
 */
public final class Passwords {
    /** OWASP, for PBKDF2-HMAC-SHA512. */
    public static final int ITERATIONS = 220_000;

    private static final String SCHEME = "pbkdf2-sha512";
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;
    /** How many may wait; some six seconds of work for one thread. */
    private static final int WAITING = 64;

    private final SecureRandom random = new SecureRandom();
    private final Executor hashers;
    private final int iterations;
    private final String nobodys;

    /**
     * Starts its threads when they are needed, and ends them when they are not.
     *
     * @param iterations {@link #ITERATIONS}, but in tests
     */
    public Passwords(int iterations) {
        this(iterations, hashers(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), WAITING));
    }

    Passwords(int iterations, Executor hashers) {
        this.iterations = iterations;
        this.hashers = hashers;
        this.nobodys = text(
                iterations, new byte[SALT_BYTES], new byte[HASH_BITS / Byte.SIZE]); // of no password that anybody knows
    }

    static Executor hashers(int threads, int waiting) {
        ThreadFactory daemons =
                Thread.ofPlatform().name("passwords-", 0).daemon().factory();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, 5, TimeUnit.SECONDS, new ArrayBlockingQueue<>(waiting), daemons);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /**
     * The hash of a password, with a new salt.
     *
     * @throws ProblemException unavailable, when too many wait for theirs
     */
    public String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return text(iterations, salt, derive(password, salt, iterations));
    }

    private static String text(int iterations, byte[] salt, byte[] hash) {
        return String.join("$", SCHEME, Integer.toString(iterations), encode(salt), encode(hash));
    }

    /**
     * Whether the password has this hash. Takes as long for a wrong one.
     *
     * @throws ProblemException unavailable, when too many wait for theirs
     */
    public boolean matches(String password, String hash) {
        String[] parts = hash.split("\\$", -1);
        byte[] salt = Base64.getDecoder().decode(parts[2]);
        return MessageDigest.isEqual(
                Base64.getDecoder().decode(parts[3]), derive(password, salt, Integer.parseInt(parts[1])));
    }

    /** Takes as long as {@link #matches}, for a user who does not exist. Always false. */
    public boolean matchesNobody(String password) {
        matches(password, nobodys);
        return false;
    }

    private byte[] derive(String password, byte[] salt, int rounds) {
        FutureTask<byte[]> hash = new FutureTask<>(() -> pbkdf2(password, salt, rounds));
        try {
            hashers.execute(hash);
            return hash.get();
        } catch (RejectedExecutionException e) {
            throw busy();
        } catch (InterruptedException e) {
            hash.cancel(false);
            Thread.currentThread().interrupt();
            throw busy();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the password could not be hashed", e.getCause());
        }
    }

    /** The answer to one too many. */
    static ProblemException busy() {
        return ProblemException.unavailable("too many sign-ins at once; try again in a second", Duration.ofSeconds(1));
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
