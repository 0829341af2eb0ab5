package dealbrain.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** What prevented a start, in words for the user: the reason, and what to do. */
final class StartFailure {
    /** What an operating system or PostgreSQL says, and what to do about it. */
    private record Known(Pattern reason, String advice) {}

    private static final String OTHER_FOLDER = "choose another data folder";
    private static final String OTHER_DATABASE = "set the URL of a database instead";
    private static final List<Known> KNOWN = List.of(
            known("No space left on device|Disk quota exceeded", "free space on that disk, or " + OTHER_FOLDER),
            known("Read-only file system|Not a directory|File name too long|No locks available", OTHER_FOLDER),
            known(
                    "could not look up effective user ID (\\d+)|could not find user by ID (\\d+)",
                    "PostgreSQL needs a name for the user that it runs as: add the user to /etc/passwd,"
                            + " start dealbrain as a user who has a name, or " + OTHER_DATABASE),
            known(
                    "error while loading shared libraries|Error loading shared library",
                    "install the package with that library, or " + OTHER_DATABASE),
            known(
                    "version `GLIBC\\w*_[\\d.]+' not found|Error relocating",
                    "the C library of this system is too old or not glibc: use a newer system, or " + OTHER_DATABASE),
            known(
                    "data directory .* has wrong ownership",
                    "start dealbrain as the user who owns the data folder, or change the owner of all files in it"),
            known(
                    "data directory .* has invalid permissions|Permissions should be u=rwx",
                    "remove the permissions of others: chmod 700 postgres-data, in the data folder"),
            known(
                    "Cannot run program \"tar\"",
                    "tar is needed to unpack PostgreSQL: install the package tar, or " + OTHER_DATABASE),
            known(
                    "Cannot run program .*No such file or directory",
                    "this system has no glibc, as Alpine Linux: use another system, or " + OTHER_DATABASE),
            known(
                    "Operation not permitted|Permission denied",
                    "change the owner of the data folder, or " + OTHER_FOLDER));

    /** A shell replaces these characters between double quotes, where initdb and pg_ctl write the paths. */
    private static final Pattern SHELL = Pattern.compile("[\"$`\\\\\n]");

    private static final int MAX_PATH = 900; // MAXPGPATH is 1024, with the names of files

    private StartFailure() {}

    private static Known known(String reason, String advice) {
        return new Known(Pattern.compile(reason), advice);
    }

    /** Returns the reason and the advice. */
    static String describe(IOException e) {
        String reason = reason(e).strip();
        return advice(reason).map(advice -> reason + "; " + advice).orElse(reason);
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException denied) {
            return denied.getFile() + " is not writable; change its owner, or " + OTHER_FOLDER;
        }
        if (e instanceof FileAlreadyExistsException exists) {
            return exists.getFile() + " exists and is not a folder; " + OTHER_FOLDER;
        }
        if (e instanceof NoSuchFileException missing) { // also of a folder in /proc or /sys
            return missing.getFile() + " does not exist and cannot be created; " + OTHER_FOLDER;
        }
        if (e instanceof FileSystemException failure && failure.getReason() != null) {
            return failure.getFile() + ": " + failure.getReason();
        }
        return Objects.requireNonNullElse(e.getMessage(), e.toString());
    }

    private static Optional<String> advice(String reason) {
        return KNOWN.stream()
                .filter(known -> known.reason().matcher(reason).find())
                .map(Known::advice)
                .findFirst();
    }

    /** Returns whether there is advice for a line of an output. */
    static boolean isKnown(String line) {
        return advice(line).isPresent();
    }

    /**
     * Checks that PostgreSQL can use a folder.
     *
     * @throws PostgresStartException its path is too long, or has a character that a shell would replace
     */
    static void requireUsablePath(Path folder) {
        if (folder.toString().getBytes(StandardCharsets.UTF_8).length > MAX_PATH) {
            throw new PostgresStartException("PostgreSQL cannot run in " + folder + ": the path is longer than "
                    + MAX_PATH + " bytes; " + OTHER_FOLDER);
        }
        if (SHELL.matcher(folder.toString()).find()) {
            throw new PostgresStartException(
                    "PostgreSQL cannot run in " + folder + ": the path has one of the characters"
                            + " \" $ ` \\, which its programs pass to a shell; " + OTHER_FOLDER);
        }
    }

    /**
     * Checks that programs in {@code folder} can be executed. On a file system that is mounted with {@code noexec} they
     * cannot, regardless of their permissions.
     *
     * @throws PostgresStartException they cannot
     */
    static void requireExecutable(Path folder) {
        Path program = folder.resolve("bin").resolve("postgres");
        if (Files.exists(program) && !Files.isExecutable(program)) {
            throw new PostgresStartException("the programs in " + program.getParent() + " cannot be executed: the file"
                    + " system is mounted with noexec, or their permissions do not allow it; " + OTHER_FOLDER + ", or "
                    + OTHER_DATABASE);
        }
    }
}
