package dealbrain.app;

import dealbrain.backup.BackupException;
import dealbrain.backup.BackupSummary;
import dealbrain.database.DatabaseUnavailableException;
import dealbrain.database.MigrationException;
import dealbrain.postgres.PostgresStartException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs a command that works on the database: closes what it opened, also after Ctrl-C, and prints why it failed. */
final class OperatorCommand {
    private OperatorCommand() {}

    /** The work of a command. */
    interface Work {
        /** Adds what must be closed to {@code application}. Returns the sentence about the result. */
        String run(Config config, Application application);
    }

    /**
     * Runs {@code work}.
     *
     * @param interrupted the sentence after Ctrl-C; the exit status is then that of the signal, 130 or 143
     * @param out         receives the sentence about the result
     * @return whether it succeeded
     */
    static boolean run(Map<String, String> variables, String interrupted, Consumer<String> out, Work work) {
        Application application = new Application();
        AtomicBoolean ended = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupt(application, ended, interrupted), "interrupt"));
        @Nullable String failure;
        try {
            String result = work.run(Config.from(variables), application);
            application.close();
            if (ended.compareAndSet(false, true)) {
                out.accept(result);
            }
            return true;
        } catch (ConfigException e) {
            failure = "the configuration is invalid (docs/configuration.md):\n" + e.getMessage();
        } catch (BackupException | DatabaseUnavailableException | MigrationException | PostgresStartException e) {
            failure = e.getMessage();
        } catch (RuntimeException e) {
            if (!application.isClosed()) { // otherwise what was closed makes the work fail
                application.close();
                ended.set(true);
                throw e;
            }
            failure = interrupted;
        }
        application.close();
        if (ended.compareAndSet(false, true)) {
            Command.printError(failure);
        }
        return false;
    }

    private static void interrupt(Application application, AtomicBoolean ended, String sentence) {
        if (ended.compareAndSet(false, true)) {
            application.close();
            Command.printError(sentence);
        }
    }

    /** Returns the size of a backup and how long a command took: {@code 345 rows of 31 tables, 47 kB, in 1.2 s}. */
    static String measured(BackupSummary summary, Duration duration) {
        return String.format(
                Locale.ROOT,
                "%,d rows of %d tables, %,d kB, in %.1f s",
                summary.rows(),
                summary.tables(),
                Math.ceilDiv(summary.bytes(), 1000),
                duration.toMillis() / 1e3);
    }
}
