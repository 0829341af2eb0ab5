package dealbrain.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** No migration is edited after it has landed: databases have its checksum, and the application refuses to start. */
class LandedMigrationsTest {
    private static final Path PINS = Path.of("test/dealbrain.database/dealbrain/database/landed-migrations.txt");

    @TestFactory
    Stream<DynamicTest> haveTheirChecksum() throws IOException {
        Map<String, String> pins = pins();
        return migrations().stream()
                .map(each -> DynamicTest.dynamicTest(each.file(), () -> assertLanded(each, pins.get(each.file()))));
    }

    private static void assertLanded(Migration migration, String pin) {
        assertNotNull(
                pin,
                () -> "sql/" + migration.file() + " has no checksum yet: add this line to " + PINS + ":\n"
                        + migration.checksum() + "  " + migration.file());
        assertEquals(
                pin,
                migration.checksum(),
                () -> "sql/" + migration.file() + " was edited after it had landed: restore it from main and add a new"
                        + " migration. Edit the line in " + PINS + " only if the migration is not on main yet");
    }

    @Test
    void areAllThere() throws IOException {
        Set<String> missing = new LinkedHashSet<>(pins().keySet());
        migrations().forEach(each -> missing.remove(each.file()));
        assertEquals(Set.of(), missing, "migrations that had landed were deleted or renamed: restore them");
    }

    /** Returns the checksums by file name. The format is that of sha256sum. */
    private static Map<String, String> pins() throws IOException {
        Map<String, String> pins = new LinkedHashMap<>();
        for (String line : Files.readAllLines(PINS)) {
            String[] words = line.split("  ");
            pins.put(words[1], words[0]);
        }
        return pins;
    }

    /** Returns the migrations in the order of their versions. */
    private static List<Migration> migrations() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("sql"))) {
            return files.sorted().map(LandedMigrationsTest::migration).toList();
        }
    }

    private static Migration migration(Path file) {
        try {
            return Migration.of(file.getFileName().toString(), Files.readString(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
