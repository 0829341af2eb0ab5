package dealbrain.accounts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Locale;

/**
 * Secrets that people read to each other or type: 100 random bits, as twenty letters and digits in four groups, without
 * those that look alike. They cannot be guessed, so their hash needs no salt.
 */
final class ReadableSecret {
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int GROUPS = 4;
    private static final int GROUP_LENGTH = 5;
    private static final SecureRandom RANDOM = new SecureRandom();

    private ReadableSecret() {}

    /** Returns a new secret, such as {@code k7dmq-2wqpx-9xhfa-3vbte}. */
    static String next() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS * GROUP_LENGTH; i++) {
            if (i > 0 && i % GROUP_LENGTH == 0) {
                text.append('-');
            }
            text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /** Returns the hash under which a secret is stored. Case, spaces and hyphens make no difference. */
    static byte[] hash(String secret) {
        return sha256(secret.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ""));
    }

    /** Returns the hash of a text that has enough random bits to need no salt. */
    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
