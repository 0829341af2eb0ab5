package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code launcher.sh} in images in any folder. A script in place of Java prints its arguments. */
class LauncherTest {
    @TempDir
    private Path temporary;

    private Path root;

    @BeforeEach
    void realPath() throws IOException {
        root = temporary.toRealPath();
    }

    private record Run(int exit, List<String> lines) {}

    @ParameterizedTest
    @ValueSource(strings = {"plain", "with a blank", "it's", "größer", "#1 & $HOME * %p", "-p"})
    void passesItsFolder(String name) throws Exception {
        Path image = image(name);

        Run run = run(image.resolve("bin/dealbrain"), root, Map.of("LC_ALL", "C"), "doctor");

        assertEquals(0, run.exit(), run::toString);
        assertEquals("LC_ALL=C.UTF-8", run.lines().getFirst());
        int option = run.lines().indexOf("[-p]");
        assertEquals(
                List.of("[" + image.resolve("app") + "]", "[-m]", "[dealbrain.app]", "[doctor]"),
                run.lines().subList(option + 1, run.lines().size()));
    }

    @Test
    void worksThroughLinksAndFromAnyFolder() throws Exception {
        Path image = image("image");
        Path link = Files.createSymbolicLink(root.resolve("a link"), Path.of("image/bin/dealbrain"));
        assertTrue(run(link, root, Map.of()).lines().contains("[" + image.resolve("app") + "]"));
        Map<String, String> variables = Map.of("CDPATH", root.toString());
        assertTrue(run(Path.of("image/bin/dealbrain"), root, variables)
                .lines()
                .contains("[" + image.resolve("app") + "]"));
    }

    @Test
    void keepsALocaleThatJavaCanUse() throws Exception {
        Run run = run(image("image").resolve("bin/dealbrain"), root, Map.of("LC_ALL", "C.UTF-8", "LANG", "C"));
        assertEquals("LC_ALL=C.UTF-8", run.lines().getFirst());
    }

    @Test
    void splitsTheOptionsForJavaWithoutFileNames() throws Exception {
        Files.createFile(root.resolve("address=x"));
        Run run = run(
                image("image").resolve("bin/dealbrain"), root, Map.of("DEALBRAIN_JAVA_OPTIONS", "-Xmx1g address=*"));
        assertTrue(run.lines().containsAll(List.of("[-Xmx1g]", "[address=*]")), run::toString);
    }

    @Test
    void usesTheCacheInItsPlaceAndHidesItsErrors() throws Exception {
        Path image = image("image");
        Files.createDirectories(image.resolve("lib"));
        Files.writeString(image.resolve("lib/dealbrain.aot.place"), image.toString());

        Run run = run(image.resolve("bin/dealbrain"), root, Map.of("DEALBRAIN_JAVA_OPTIONS", "-Xlog:aot"));

        int cache = run.lines().indexOf("[-XX:AOTCache=" + image.resolve("lib/dealbrain.aot") + "]");
        assertEquals(
                List.of("[-Xlog:aot*=off]", "[-Xlog:aot]", "[-p]"),
                run.lines().subList(cache + 1, cache + 4),
                run::toString);
    }

    @Test
    void saysOnceHowToMakeTheCacheAfterAMove() throws Exception {
        Path image = image("image");
        Files.createDirectories(image.resolve("lib"));
        Files.writeString(image.resolve("lib/dealbrain.aot.place"), "/opt/dealbrain");

        Run run = run(image.resolve("bin/dealbrain"), root, Map.of());

        assertEquals(0, run.exit());
        assertEquals(
                "dealbrain was moved from /opt/dealbrain: it starts slowly until " + image
                        + "/bin/dealbrain-train was run",
                run.lines().getFirst());
        assertTrue(
                run.lines().stream().noneMatch(line -> line.contains("AOT") || line.contains("Xlog")), run::toString);
    }

    @Test
    void rejectsAFolderWithAColon() throws Exception {
        Run run = run(image("a:b").resolve("bin/dealbrain"), root, Map.of());
        assertEquals(1, run.exit());
        assertEquals(
                List.of("dealbrain cannot start from " + root.resolve("a:b")
                        + ": Java separates paths by colons; move it to a path without one"),
                run.lines());
    }

    private Path image(String name) throws IOException {
        Path image = root.resolve(name);
        Files.createDirectories(image.resolve("bin"));
        executable(image.resolve("bin/dealbrain"), Files.readString(Path.of("launcher.sh")));
        executable(image.resolve("bin/java"), "#!/bin/sh\necho LC_ALL=$LC_ALL\nprintf '[%s]\\n' \"$@\"\n");
        assertFalse(Files.exists(image.resolve("lib")));
        return image;
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Run run(Path launcher, Path folder, Map<String, String> variables, String... arguments)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(launcher.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.command().addAll(List.of(arguments));
        builder.environment().remove("DEALBRAIN_JAVA_OPTIONS");
        builder.environment().putAll(variables);
        Process process = builder.start();
        List<String> lines = process.inputReader().readAllLines();
        return new Run(process.waitFor(), lines);
    }
}
