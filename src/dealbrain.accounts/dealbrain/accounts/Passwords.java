package dealbrain.accounts;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Password hashes by PBKDF2 with HMAC-SHA-512, as the JDK has it, in the strength that OWASP's Password Storage Cheat
 * Sheet asks for. The text {@code pbkdf2-sha512$iterations$salt$hash} carries its own parameters. Safe for use by many
 * threads; no more of them hash at once than there are processors, so that sign-ins cannot starve the rest. A password
 * is taken in the normal form C, as keyboards differ in how they make an accented letter (RFC 8265, section 4.2.2).
 */
public final class Passwords {
    /** OWASP, for PBKDF2-HMAC-SHA512. */
    public static final int ITERATIONS = 220_000;

    private static final String SCHEME = "pbkdf2-sha512";
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;

    private final SecureRandom random = new SecureRandom();
    private final Semaphore permits = new Semaphore(Runtime.getRuntime().availableProcessors());
    private final int iterations;
    private final String nobodys;

    /** @param iterations {@link #ITERATIONS}, but in tests */
    public Passwords(int iterations) {
        this.iterations = iterations;
        this.nobodys = text(iterations, new byte[SALT_BYTES], new byte[HASH_BITS / Byte.SIZE]); // of no password that anybody knows
    }

    public String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return text(iterations, salt, derive(password, salt, iterations));
    }

    private static String text(int iterations, byte[] salt, byte[] hash) {
        return String.join("$", SCHEME, Integer.toString(iterations), encode(salt), encode(hash));
    }

    /** Whether the password has this hash. Takes as long for a wrong one. */
    public boolean matches(String password, String hash) {
        String[] parts = hash.split("\\$", -1);
        byte[] salt = Base64.getDecoder().decode(parts[2]);
        return MessageDigest.isEqual(Base64.getDecoder().decode(parts[3]), derive(password, salt, Integer.parseInt(parts[1])));
    }

    /** Takes as long as {@link #matches}, for a user who does not exist. Always false. */
    public boolean matchesNobody(String password) {
        matches(password, nobodys);
        return false;
    }

    private byte[] derive(String password, byte[] salt, int rounds) {
        permits.acquireUninterruptibly();
        try {
            PBEKeySpec spec = new PBEKeySpec(Normalizer.normalize(password, Normalizer.Form.NFC).toCharArray(), salt, rounds, HASH_BITS);
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no PBKDF2 with HMAC-SHA-512", e);
        } finally {
            permits.release();
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }
}
