package dealbrain.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresBinariesTest {
    @TempDir
    private Path folder;

    @Test
    void unpacksOnceAndAgainAfterAnInterruption() throws IOException {
        Path unpacked = PostgresBinaries.unpack(folder);
        assertTrue(Files.isExecutable(unpacked.resolve("bin/postgres")));
        FileTime modified = Files.getLastModifiedTime(unpacked.resolve("bin"));
        assertEquals(unpacked, PostgresBinaries.unpack(folder));
        assertEquals(modified, Files.getLastModifiedTime(unpacked.resolve("bin")));

        Path unfinished = folder.resolve(unpacked.getFileName() + ".unfinished");
        Files.move(unpacked, unfinished);
        Files.delete(unfinished.resolve("bin/postgres"));
        assertEquals(unpacked, PostgresBinaries.unpack(folder));
        assertTrue(Files.isExecutable(unpacked.resolve("bin/postgres")));
        assertFalse(Files.exists(unfinished));
    }

    @Test
    void namesAnUnsupportedPlatform() {
        assertEquals(
                "this build has no embedded PostgreSQL for Plan 9 on mips (postgres-plan 9-mips.txz):"
                        + " set the URL of a database instead",
                assertThrows(PostgresStartException.class, () -> PostgresBinaries.archive("Plan 9", "mips"))
                        .getMessage());
    }
}
