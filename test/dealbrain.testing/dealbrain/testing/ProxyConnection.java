package dealbrain.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * A connection of a client, the connection to the server, and the data in flight between them. Each direction has one
 * thread that reads and one that writes, so that held data is queued here and the sender is not blocked. When the
 * client disconnects, the data that it sent is still forwarded. When the server disconnects, the client's connection is
 * closed after all data in flight was forwarded.
 */
final class ProxyConnection implements AutoCloseable {
    private static final int CHUNK = 64 * 1024;

    private final Socket client;
    private final Socket server;
    private final ProxyFaults faults;
    private final IntConsumer onRequests;
    private final Consumer<ProxyConnection> onClose;
    private final BlockingQueue<Chunk> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<Chunk> replies = new LinkedBlockingQueue<>();
    private final AtomicInteger pending = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * @param onRequests called with the number of commands received, before they are forwarded
     * @param onClose    called with this when it was closed
     */
    ProxyConnection(
            Socket client,
            Socket server,
            ProxyFaults faults,
            IntConsumer onRequests,
            Consumer<ProxyConnection> onClose) {
        this.client = client;
        this.server = server;
        this.faults = faults;
        this.onRequests = onRequests;
        this.onClose = onClose;
    }

    synchronized void start() { // synchronized with close(), which one thread may call before all four run
        threads.execute(this::readRequests);
        threads.execute(this::writeRequests);
        threads.execute(this::readReplies);
        threads.execute(this::writeReplies);
    }

    /** Returns the number of commands that were received and not yet forwarded. */
    int pending() {
        return pending.get();
    }

    private void readRequests() {
        RequestCounter counter = new RequestCounter();
        read(client, requests, bytes -> {
            int commands = counter.count(bytes);
            pending.addAndGet(commands);
            onRequests.accept(commands);
            return new Chunk(bytes, commands, System.nanoTime());
        });
    }

    private void readReplies() {
        read(
                server,
                replies,
                bytes -> new Chunk(bytes, 0, System.nanoTime() + faults.delay().toNanos()));
    }

    private static void read(Socket from, BlockingQueue<Chunk> queue, Function<byte[], Chunk> toChunk) {
        byte[] buffer = new byte[CHUNK];
        try {
            for (int length = from.getInputStream().read(buffer);
                    length >= 0;
                    length = from.getInputStream().read(buffer)) {
                queue.add(toChunk.apply(Arrays.copyOf(buffer, length)));
            }
        } catch (IOException _) {
            // a reset ends this direction, as a regular end does
        }
        queue.add(Chunk.END);
    }

    private void writeRequests() {
        try {
            for (Chunk chunk = requests.take(); chunk != Chunk.END; chunk = requests.take()) {
                faults.awaitRequests();
                byte[] reply = faults.reply();
                if (reply == null) {
                    server.getOutputStream().write(chunk.bytes());
                } else {
                    for (int i = 0; i < chunk.commands(); i++) {
                        writeReply(reply);
                    }
                }
                pending.addAndGet(-chunk.commands());
            }
            faults.awaitRequests();
            server.shutdownOutput();
        } catch (IOException | InterruptedException _) {
            close(); // the server disconnected, or close() was called
        }
    }

    private void writeReplies() {
        try {
            for (Chunk chunk = replies.take(); chunk != Chunk.END; chunk = replies.take()) {
                TimeUnit.NANOSECONDS.sleep(chunk.due() - System.nanoTime());
                faults.awaitReplies();
                writeReply(chunk.bytes());
            }
            faults.awaitReplies();
            close();
        } catch (InterruptedException _) {
            close();
        }
    }

    private void writeReply(byte[] bytes) {
        try {
            OutputStream out = client.getOutputStream();
            synchronized (out) { // replies of the server and injected ones come from two threads
                out.write(bytes);
            }
        } catch (IOException _) {
            // the client has disconnected; its commands are still forwarded
        }
    }

    /** Closes both connections and drops the data in flight. May be called again. */
    @Override
    public synchronized void close() {
        threads.shutdownNow();
        onClose.accept(this);
        try (client;
                server) {
            pending.set(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param commands the number of commands that end in it
     * @param due      when to forward it, as {@link System#nanoTime}
     */
    private record Chunk(byte[] bytes, int commands, long due) {
        static final Chunk END = new Chunk(new byte[0], 0, 0);
    }
}
