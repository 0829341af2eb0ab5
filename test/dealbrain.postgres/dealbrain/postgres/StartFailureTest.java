package dealbrain.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Machines on which the embedded server cannot start: the message has the reason, and what to do. */
class StartFailureTest {
    @TempDir
    private Path temporary;

    private Path folder;

    @BeforeEach
    void createFolder() throws IOException {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        folder = Files.createDirectory(temporary.toRealPath().resolve("data"));
    }

    /** Outputs of initdb, which a script prints here. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            initdb: could not look up effective user ID 12345: user does not exist | add the user to /etc/passwd
            initdb: could not look up effective user ID 12345: user does not exist | set the URL of a database
            initdb: error while loading shared libraries: libxml2.so.2: cannot open it | install the package
            initdb: /lib/libc.so.6: version `GLIBC_2.99' not found (required by initdb) | use a newer system
            running bootstrap script ... FATAL:  write failed: No space left on device | free space
            FATAL:  could not create lock file "postmaster.pid": Read-only file system | choose another data folder
            """)
    void hasAnAdvice(String output, String advice) throws IOException {
        script("postgres", "exit 0");
        script("initdb", "cat <<'TEXT'\nstarting\n" + output + "\nremoving contents of data\nTEXT\nexit 1");

        String message = failure(folder);

        String reason = output.replace("running bootstrap script ... ", "");
        assertTrue(message.contains("did not start: initdb failed with exit code 1: " + reason + "; "), message);
        assertTrue(message.contains(advice), message);
    }

    @Test
    void hasAnAdviceForASystemWithoutTheCLibrary() throws IOException {
        for (String program : List.of("postgres", "initdb")) {
            Files.writeString(script(program, ""), "#!/nonexistent/loader\n");
        }
        String message = failure(folder);
        assertTrue(message.contains("No such file or directory"), message);
        assertTrue(
                message.endsWith("this system has no glibc, as Alpine Linux: use another system,"
                        + " or set the URL of a database instead"),
                message);
    }

    @Test
    void hasAnAdviceForAFileSystemWithoutExecution() throws IOException {
        Path program = script("postgres", "exit 0");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rw-r--r--"));
        String message = failure(folder);
        assertTrue(message.startsWith("the programs in " + program.getParent() + " cannot be executed"), message);
        assertTrue(message.contains("noexec"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$HOME", "a\"b", "a`b", "a\\b"})
    void rejectsAPathThatAShellWouldChange(String name) {
        String message = failure(temporary.resolve(name));
        assertTrue(message.startsWith("PostgreSQL cannot run in "), message);
        assertTrue(message.endsWith("choose another data folder"), message);
        assertFalse(Files.exists(temporary.resolve(name).resolve("postgres-data.unfinished")));
    }

    @Test
    void rejectsALongPath() {
        Path path = folder;
        for (int i = 0; i < 5; i++) {
            path = path.resolve("x".repeat(200));
        }
        String message = failure(path);
        assertTrue(message.endsWith("the path is longer than 900 bytes; choose another data folder"), message);
    }

    @Test
    void rejectsAFile() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));
        assertTrue(failure(file).endsWith(file + " exists and is not a folder; choose another data folder"));
        assertTrue(failure(file.resolve("x")).endsWith("Not a directory; choose another data folder"));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void rejectsAFolderThatCannotExist() {
        assertTrue(failure(Path.of("/proc/dealbrain"))
                .endsWith("/proc/dealbrain does not exist and cannot be created; choose another data folder"));
    }

    @Test
    void startsInAFolderWithBlanksQuotesAndUmlauts() throws IOException {
        Path odd = Files.createDirectory(temporary.resolve("it's ü & #1 %p (x);*"));
        try (EmbeddedPostgres postgres = new EmbeddedPostgres(odd, TestDatabase.binaries(), false)) {
            assertTrue(postgres.start().startsWith("postgresql://"));
        }
    }

    @Test
    void quotesTarAndLeavesNothingUnpacked() throws Exception {
        Path tar = executable(
                Files.createDirectory(temporary.resolve("path")).resolve("tar"),
                "#!/bin/sh\ncat >/dev/null\nyes 'tar: bin/x: Cannot write: No space left on device' | head -n 5000\nexit 2\n");

        String output = startProcess(Map.of("PATH", tar.getParent() + ":" + System.getenv("PATH")));

        assertEquals(
                "the embedded PostgreSQL in " + folder + " did not start: tar failed with exit code 2:"
                        + " tar: bin/x: Cannot write: No space left on device; free space on that disk,"
                        + " or choose another data folder",
                output.lines().skip(1).findFirst().orElse(output));
        try (Stream<Path> files = Files.list(folder.resolve("postgres"))) {
            assertEquals(
                    List.of("unpack.lock"),
                    files.map(each -> each.getFileName().toString()).toList());
        }
    }

    @Test
    void saysThatTarIsMissing() throws Exception {
        String output = startProcess(Map.of("PATH", folder.toString()));
        assertTrue(output.contains("tar is needed to unpack PostgreSQL: install the package tar"), output);
    }

    /** Creates a program in place of one of PostgreSQL. */
    private Path script(String name, String text) throws IOException {
        Path unpacked = PostgresBinaries.unpack(TestDatabase.binaries());
        Path bin = Files.createDirectories(
                folder.resolve("postgres").resolve(unpacked.getFileName()).resolve("bin"));
        return executable(bin.resolve(name), "#!/bin/sh\n" + text + "\n");
    }

    private static Path executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String failure(Path folder) {
        try (EmbeddedPostgres postgres = new EmbeddedPostgres(folder, true)) {
            return String.valueOf(
                    assertThrows(PostgresStartException.class, postgres::start).getMessage());
        }
    }

    /** Starts a server in a process of its own, without unpacked binaries. Returns the output. */
    private String startProcess(Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-p",
                        System.getProperty("jdk.module.path"),
                        "-m",
                        "dealbrain.postgres/" + ServerProgram.class.getName(),
                        folder.toString(),
                        folder.resolve("postgres").toString())
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = process.inputReader().readAllAsString();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return output;
    }
}
