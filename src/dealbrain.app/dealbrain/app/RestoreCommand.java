package dealbrain.app;

import dealbrain.backup.Backup;
import dealbrain.backup.BackupSummary;
import dealbrain.database.DatabaseUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@code dealbrain restore FILE}: reads a backup into an empty database; creates the embedded one if necessary. */
final class RestoreCommand {
    private static final String INTERRUPTED = "interrupted: nothing was restored, and the command can be repeated";

    private RestoreCommand() {}

    static boolean run(List<String> arguments, Map<String, String> variables) {
        String file = arguments.getFirst();
        return OperatorCommand.run(variables, INTERRUPTED, Command::print, (config, application) -> {
            long start = System.nanoTime();
            Backup backup = application.add(Backup.open(Path.of(file))); // before anything is touched
            DatabaseUrl url = CommandDatabase.toFill(config, application);
            BackupSummary restored = backup.restore(url);
            return sentence(file, restored, Duration.ofNanos(System.nanoTime() - start));
        });
    }

    private static String sentence(String file, BackupSummary restored, Duration duration) {
        String others = restored.otherTables().isEmpty()
                ? ""
                : "\nnot restored, because these tables are not of dealbrain: "
                        + String.join(", ", restored.otherTables());
        return "restored the state of " + restored.takenAt() + " from " + file + ": "
                + OperatorCommand.measured(restored, duration) + others;
    }
}
