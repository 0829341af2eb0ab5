package dealbrain.caching;

import io.lettuce.core.RedisCommandExecutionException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Why Redis cannot be used, in words for the operator: without names of classes. */
final class RedisFailure {
    /** The message of Netty, which resolves the names of hosts. */
    private static final Pattern UNRESOLVED = Pattern.compile("(?s)Failed to resolve '([^']+)'.*");

    private RedisFailure() {}

    /** Returns the reason: the error reply of Redis, else what the network says, else the innermost message. */
    static String reason(Throwable failure) {
        if (failure instanceof RedisProbe.FailedException) {
            return String.valueOf(failure.getMessage()); // with the command
        }
        return first(failure, RedisCommandExecutionException.class)
                .map(reply -> "the reply is " + reply.getMessage())
                .or(() -> first(failure, UnknownHostException.class).map(RedisFailure::unknownHost))
                .or(() -> first(failure, ConnectException.class).map(_ -> "the connection was refused"))
                .or(() -> chain(failure)
                        .map(Throwable::getMessage)
                        .filter(Objects::nonNull)
                        .reduce((_, inner) -> inner)
                        .map(message -> message.replace("/<unresolved>", "")))
                .orElse("the connection failed");
    }

    /** Returns what to do. */
    static String advice(Throwable failure) {
        String reply = first(failure, RedisCommandExecutionException.class)
                .map(each -> String.valueOf(each.getMessage()))
                .orElse("");
        if (reply.startsWith("WRONGPASS") || reply.startsWith("NOAUTH") || reply.startsWith("ERR AUTH")) {
            return "correct the user and the password in REDIS_URL";
        }
        if (first(failure, UnknownHostException.class).isPresent()) {
            return "correct the host in REDIS_URL";
        }
        return reply.isEmpty() ? "start it, or correct REDIS_URL" : "correct REDIS_URL";
    }

    private static String unknownHost(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        Matcher matcher = UNRESOLVED.matcher(message);
        return "the host " + (matcher.matches() ? matcher.group(1) : message.replaceFirst(":.*", "")) + " is unknown";
    }

    private static Optional<Throwable> first(Throwable failure, Class<? extends Throwable> type) {
        return chain(failure).filter(type::isInstance).findFirst();
    }

    private static Stream<Throwable> chain(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(20);
    }
}
