package dealbrain.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Replaces the last {@link Seal#CHECKSUM_LENGTH} bytes that are written by the checksum of all bytes before. It holds
 * them back, because it learns by {@link #finish} only that they are the last.
 */
final class SealedOutputStream extends OutputStream {
    private final OutputStream out;
    private final MessageDigest digest = Seal.digest();
    private final byte[] held = new byte[Seal.CHECKSUM_LENGTH];
    private int heldLength;
    private long count;

    SealedOutputStream(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int surplus = heldLength + length - held.length;
        int ofHeld = Math.clamp(surplus, 0, heldLength);
        pass(held, 0, ofHeld);
        System.arraycopy(held, ofHeld, held, 0, heldLength - ofHeld);
        heldLength -= ofHeld;
        int ofNew = Math.max(0, surplus - ofHeld);
        pass(bytes, offset, ofNew);
        System.arraycopy(bytes, offset + ofNew, held, heldLength, length - ofNew);
        heldLength += length - ofNew;
    }

    private void pass(byte[] bytes, int offset, int length) throws IOException {
        digest.update(bytes, offset, length);
        out.write(bytes, offset, length);
        count += length;
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    /** Writes the checksum, flushes, and returns the number of all bytes. */
    long finish() throws IOException {
        out.write(Seal.checksum(digest).getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return count + Seal.CHECKSUM_LENGTH;
    }
}
