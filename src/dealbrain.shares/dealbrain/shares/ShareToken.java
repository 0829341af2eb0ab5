package dealbrain.shares;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The secret of a link: 384 random bits as 64 URL-safe characters. It grants read access, so logs contain its prefix
 * only.
 */
public final class ShareToken {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int LENGTH = 64;
    /** A token. Links end with it, and characters around a link can be cut off, as its length is known. */
    static final Pattern FORMAT = Pattern.compile("[A-Za-z0-9_-]{" + LENGTH + "}");

    private ShareToken() {}

    /** Returns a new random token. */
    public static String next() {
        byte[] bytes = new byte[48];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Returns whether the text has the format of a token. A plain loop, because each request for a link calls it. */
    static boolean isWellFormed(String text) {
        boolean safe = text.length() == LENGTH;
        for (int i = 0; safe && i < LENGTH; i++) {
            safe = isUrlSafe(text.charAt(i));
        }
        return safe;
    }

    private static boolean isUrlSafe(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }
}
