package dealbrain.shares;

import java.security.SecureRandom;
import java.util.Base64;

/** The secret of a link: 384 random bits as 64 URL-safe characters. Whoever has it may read, so logs show its beginning only. */
final class ShareToken {
    private static final SecureRandom RANDOM = new SecureRandom();

    private ShareToken() {
    }

    static String next() {
        byte[] bytes = new byte[48];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
