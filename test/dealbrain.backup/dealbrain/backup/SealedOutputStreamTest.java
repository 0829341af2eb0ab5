package dealbrain.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SealedOutputStreamTest {
    @Test
    void replacesTheLastBytesByTheChecksumOfTheOthers() throws IOException {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            byte[] bytes = new byte[Seal.CHECKSUM_LENGTH + random.nextInt(300)];
            random.nextBytes(bytes);
            byte[] content = Arrays.copyOf(bytes, bytes.length - Seal.CHECKSUM_LENGTH);
            MessageDigest digest = Seal.digest();
            digest.update(content);
            String expected = text(content) + Seal.checksum(digest);

            ByteArrayOutputStream out = new ByteArrayOutputStream();
            SealedOutputStream sealed = new SealedOutputStream(out);
            writeInPieces(sealed, bytes, random);

            assertEquals(bytes.length, sealed.finish());
            assertEquals(expected, text(out.toByteArray()), "seed " + seed);
        }
    }

    private static void writeInPieces(SealedOutputStream out, byte[] bytes, Random random) throws IOException {
        for (int from = 0; from < bytes.length; ) {
            int length = Math.min(bytes.length - from, random.nextInt(150));
            if (length == 1) {
                out.write(bytes[from]);
            } else {
                out.write(bytes, from, length);
            }
            from += length;
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
