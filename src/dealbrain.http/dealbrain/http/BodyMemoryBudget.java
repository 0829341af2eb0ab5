package dealbrain.http;

import java.time.Duration;
import java.util.Optional;

/**
 * Limits the memory that the bodies of all requests use at the same time. Thread-safe.
 *
 * <p>A body needs memory while it is read ({@link ReadingBudget}), and again while it is parsed and processed ({@link
 * ParsingBudget}). The second budget is much smaller, because the parsed form takes up to fifty times the memory of the
 * text. There are four classes of bodies with budgets of their own, so that none delays another: small ones of clients
 * without a token, small ones of users, large ones, and those of routes that accept very large ones. Small bodies are
 * read without a budget.
 */
final class BodyMemoryBudget {
    static final int MAX_SMALL_BODY = 16 * 1024;
    static final Duration MAX_WAIT = Duration.ofSeconds(5);

    private static final int KIB = 1024;

    private final ReadingBudget reading = new ReadingBudget(8 * Route.ONE_MEBIBYTE, 2 * Route.ONE_MEBIBYTE);
    private final ReadingBudget readingVeryLarge = new ReadingBudget(8 * Route.ONE_MEBIBYTE, 4 * Route.ONE_MEBIBYTE);
    private final ParsingBudget parsingAnonymous = new ParsingBudget(128 * KIB, 32 * KIB);
    private final ParsingBudget parsingSmall = new ParsingBudget(512 * KIB, 128 * KIB);
    private final ParsingBudget parsing = new ParsingBudget(1024 * KIB, 512 * KIB);
    private final ParsingBudget parsingVeryLarge = new ParsingBudget(1024 * KIB, 512 * KIB);

    /**
     * The sender of a body.
     *
     * @param user    the authenticated user; empty if there is none
     * @param network the {@link Request#network} of the client
     */
    record Sender(Optional<String> user, String network) {
        private String id() {
            return user.orElse(network);
        }
    }

    /** Starts to read a body for a route with this limit. The calling thread must read it. */
    ReadingBudget.Body read(Sender sender, int maxBodyBytes) {
        return (isVeryLarge(maxBodyBytes) ? readingVeryLarge : reading).new Body(sender.id());
    }

    /**
     * Waits until a body may be parsed.
     *
     * @param maxBodyBytes the limit of its route
     */
    ParsingBudget.Claim parse(Sender sender, int bytes, int maxBodyBytes) {
        return parsing(sender, bytes, maxBodyBytes).acquire(sender.id(), bytes);
    }

    private ParsingBudget parsing(Sender sender, int bytes, int maxBodyBytes) {
        if (bytes <= MAX_SMALL_BODY) {
            return sender.user().isPresent() ? parsingSmall : parsingAnonymous;
        }
        return isVeryLarge(maxBodyBytes) ? parsingVeryLarge : parsing;
    }

    private static boolean isVeryLarge(int maxBodyBytes) {
        return maxBodyBytes > Route.ONE_MEBIBYTE;
    }

    static ProblemException exhausted() {
        return ProblemException.unavailable(
                "the server is processing too many large bodies; retry in a second", Duration.ofSeconds(1));
    }
}
