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
 * A client and a server, and what is under way between them. Each direction has a thread that reads and one that
 * writes, so that what is held piles up here and not at the sender. A client may leave: what it has sent still goes to
 * the server. When the server leaves, the client is told after all that was under way.
 */
final class ForwardedConnection implements AutoCloseable {
    private static final int CHUNK = 64 * 1024;

    private final Socket client;
    private final Socket server;
    private final Faults faults;
    private final IntConsumer onRequests;
    private final Consumer<ForwardedConnection> onClose;
    private final BlockingQueue<Chunk> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<Chunk> answers = new LinkedBlockingQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** @param onRequests told how many commands have arrived, before they are forwarded */
    ForwardedConnection(
            Socket client,
            Socket server,
            Faults faults,
            IntConsumer onRequests,
            Consumer<ForwardedConnection> onClose) {
        this.client = client;
        this.server = server;
        this.faults = faults;
        this.onRequests = onRequests;
        this.onClose = onClose;
    }

    synchronized void start() { // so that none of the four closes it before all are there
        threads.execute(this::readRequests);
        threads.execute(this::writeRequests);
        threads.execute(this::readAnswers);
        threads.execute(this::writeAnswers);
    }

    /** How many commands have arrived and not been passed on. */
    int waiting() {
        return waiting.get();
    }

    private void readRequests() {
        RequestCounter counter = new RequestCounter();
        read(client, requests, bytes -> {
            int commands = counter.count(bytes);
            waiting.addAndGet(commands);
            onRequests.accept(commands);
            return new Chunk(bytes, commands, System.nanoTime());
        });
    }

    private void readAnswers() {
        read(
                server,
                answers,
                bytes -> new Chunk(bytes, 0, System.nanoTime() + faults.delay().toNanos()));
    }

    private static void read(Socket from, BlockingQueue<Chunk> queue, Function<byte[], Chunk> pack) {
        byte[] buffer = new byte[CHUNK];
        try {
            for (int length = from.getInputStream().read(buffer);
                    length >= 0;
                    length = from.getInputStream().read(buffer)) {
                queue.add(pack.apply(Arrays.copyOf(buffer, length)));
            }
        } catch (IOException _) {
            // it has left without a word, which ends the direction like a word would
        }
        queue.add(Chunk.END);
    }

    private void writeRequests() {
        try {
            for (Chunk chunk = requests.take(); chunk != Chunk.END; chunk = requests.take()) {
                faults.awaitRequests();
                byte[] answer = faults.answer();
                if (answer == null) {
                    server.getOutputStream().write(chunk.bytes());
                } else {
                    for (int i = 0; i < chunk.commands(); i++) {
                        writeAnswer(answer);
                    }
                }
                waiting.addAndGet(-chunk.commands());
            }
            faults.awaitRequests();
            server.shutdownOutput();
        } catch (IOException | InterruptedException _) {
            close(); // the server is gone, or we are closed
        }
    }

    private void writeAnswers() {
        try {
            for (Chunk chunk = answers.take(); chunk != Chunk.END; chunk = answers.take()) {
                TimeUnit.NANOSECONDS.sleep(chunk.due() - System.nanoTime());
                faults.awaitAnswers();
                writeAnswer(chunk.bytes());
            }
            faults.awaitAnswers();
            close();
        } catch (InterruptedException _) {
            close();
        }
    }

    private void writeAnswer(byte[] bytes) {
        try {
            OutputStream out = client.getOutputStream();
            synchronized (out) { // the server's and the invented ones
                out.write(bytes);
            }
        } catch (IOException _) {
            // the client has left and misses its answer; what it has asked is still done
        }
    }

    /** Drops what is under way. May be called again. */
    @Override
    public synchronized void close() {
        threads.shutdownNow();
        onClose.accept(this);
        try (client;
                server) {
            waiting.set(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param commands that end in it
     * @param due by the system's nanoseconds
     */
    private record Chunk(byte[] bytes, int commands, long due) {
        static final Chunk END = new Chunk(new byte[0], 0, 0);
    }
}
