package dealbrain.app;

import dealbrain.backup.Backup;
import dealbrain.backup.BackupSummary;
import dealbrain.backup.UnfinishedFile;
import dealbrain.database.DatabaseUrl;
import dealbrain.operations.Version;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** {@code dealbrain backup FILE}: writes all data to a new file, or to the standard output. */
final class BackupCommand {
    private static final String STANDARD_OUTPUT = "-";

    private BackupCommand() {}

    static boolean run(List<String> arguments, Map<String, String> variables) {
        String file = arguments.getFirst();
        Consumer<String> out = file.equals(STANDARD_OUTPUT) ? Command::printError : Command::print;
        return OperatorCommand.run(variables, "interrupted: no backup was written", out, (config, application) -> {
            long start = System.nanoTime();
            BackupSummary summary = file.equals(STANDARD_OUTPUT)
                    ? toStandardOutput(config, application)
                    : toFile(Path.of(file), config, application);
            return "backed up to " + (file.equals(STANDARD_OUTPUT) ? "the standard output" : file) + ": "
                    + OperatorCommand.measured(summary, Duration.ofNanos(System.nanoTime() - start));
        });
    }

    private static BackupSummary toFile(Path path, Config config, Application application) {
        UnfinishedFile file = application.add(UnfinishedFile.create(path));
        BackupSummary summary = write(config, application, file.out());
        file.complete();
        return summary;
    }

    /** Not through {@code System.out}, which hides failures. */
    private static BackupSummary toStandardOutput(Config config, Application application) {
        return write(config, application, application.add(new FileOutputStream(FileDescriptor.out)));
    }

    private static BackupSummary write(Config config, Application application, OutputStream out) {
        DatabaseUrl url = CommandDatabase.existing(config, application);
        return Backup.write(url, Version.CURRENT.version(), out);
    }
}
