package dealbrain.recognition;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Single rules of the recognition of processors; {@code titles.txt} has whole titles. "?" is asked. */
class ProcessorRecogniserTest {
    private static final Path STARTER_CATALOG =
            Path.of("src", "dealbrain.catalog", "dealbrain", "catalog", "starter-cpus.csv");

    private static void require(String title, String processor) {
        assertEquals(processor, TitlesTest.processor(title), title);
    }

    /** Returns a name without what the catalog ignores in names, too: the maker, "Core", spaces and hyphens. */
    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("\\b(?:intel|amd|apple|processor|core)\\b|[^a-z0-9]", "");
    }

    @Test
    void knowsTheStarterCatalog() throws IOException {
        List<String> unknown = Files.readAllLines(STARTER_CATALOG).stream()
                .skip(1)
                .map(line -> line.substring(0, line.indexOf(',')))
                .filter(name -> !plain(name).equals(plain(TitlesTest.processor("Mini PC " + name + " 16GB 512GB"))))
                .toList();

        assertEquals(List.of(), unknown);
    }

    @Nested
    class Spellings {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '~',
                value = {
                    "i5 12500t | Core i5-12500T",
                    "i5-12500 T | Core i5-12500T",
                    "Core i5 8500T | Core i5-8500T",
                    "Intel® Core™ i5-8500T | Core i5-8500T",
                    "Intel(R) Core(TM) i5-8500T CPU @ 2.10GHz | Core i5-8500T",
                    "INTEL CORE I5-8500T | Core i5-8500T",
                    "i58500T | Core i5-8500T",
                    "i512500t | Core i5-12500T",
                    "corei7-9700 | Core i7-9700",
                    "i5_8500T | Core i5-8500T",
                    "i5 – 8500T | Core i5-8500T",
                    "i5: 8500T | Core i5-8500T",
                    "i5 (8500T) | Core i5-8500T",
                    "i7vPro 10700T | Core i7-10700T",
                    "i5 vPro 8500T | Core i5-8500T",
                    "i5 8. Gen 8500T | Core i5-8500T",
                    "i5 8th Gen. 8500T | Core i5-8500T",
                    "i5-8Gen 8500T | Core i5-8500T",
                    "i5 Quad Core 6500 | Core i5-6500",
                    "i5 6-Core 8500 | Core i5-8500",
                    "i5 CPU 6500 | Core i5-6500",
                    "i5-85OOT | Core i5-8500T",
                    "l5-8500T | Core i5-8500T",
                    "15-8500T | Core i5-8500T",
                    "i5-8500T/16GB/256GB | Core i5-8500T",
                    "i5-8500T16GB | Core i5-8500T",
                    "i5\u00a08500T | Core i5-8500T",
                    "ｉ５－８５００Ｔ | Core i5-8500T",
                    "i5-8500T🔥16GB | Core i5-8500T",
                    "i5-1135G7 | Core i5-1135G7",
                    "8500T | Core i5-8500T",
                    "Ryzen 5 Pro 4650GE | Ryzen 5 PRO 4650GE",
                    "Ryzen 5 4650GE | Ryzen 5 PRO 4650GE",
                    "Ryzen 4650GE | Ryzen 5 PRO 4650GE",
                    "R5 Pro 4650GE | Ryzen 5 PRO 4650GE",
                    "Ryzen5Pro 4650GE | Ryzen 5 PRO 4650GE",
                    "Ryzen 5 2400GE | Ryzen 5 2400GE",
                    "Ryzen 5 2400GE Pro | Ryzen 5 PRO 2400GE",
                    "Ryzen 5600X3D | Ryzen 5 5600X3D",
                    "Ryzen 5 5600 G | Ryzen 5 5600G",
                    "AMD 5825U | Ryzen 7 5825U",
                    "Xeon E-2224G | Xeon E-2224G",
                    "Xeon E2224G | Xeon E-2224G",
                    "E3-1225 v3 | Xeon E3-1225 v3",
                    "E3 1225V3 | Xeon E3-1225 v3",
                    "Xeon E31225v3 | Xeon E3-1225 v3",
                    "Xeon E3-1225 | Xeon E3-1225",
                    "E5-2680 v 4 | Xeon E5-2680 v4",
                    "Xeon 1225 v3 | Xeon E3-1225 v3",
                    "Xeon X5650 | Xeon X5650",
                    "N100 | Intel N100",
                    "Celeron J4125 | Celeron J4125",
                    "J4125 | Celeron J4125",
                    "Pentium Gold G6400T | Pentium Gold G6400T",
                    "Pentium G6400 | Pentium Gold G6400",
                    "Pentium G 4400 | Pentium G4400",
                    "Celleron N4020 | Celeron N4020",
                    "Core m3-7Y30 | Core m3-7Y30",
                    "Atom x5-Z8350 | Atom x5-Z8350",
                    "Core Ultra 7 155H | Core Ultra 7 155H",
                    "Ultra 7-155H | Core Ultra 7 155H",
                    "Core 5 120U | Core 5 120U",
                    "Core2 Quad Q9550 | Core 2 Quad Q9550",
                    "AMD A10-9700E | A10-9700E",
                    "AMD PRO A10-8770E | PRO A10-8770E",
                    "FX8350 | FX-8350",
                    "Athlon 200GE | Athlon 200GE",
                    "MacBook M1 Pro | Apple M1 Pro"
                })
        void areUnderstood(String title, String processor) {
            require("PC " + title, processor);
        }
    }

    @Nested
    class Exclusion {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "i5-8500T (not i5-6500!) | Core i5-8500T",
                    "i5-8500T upgradeable to i7-9700 | Core i5-8500T",
                    "i5-8500T, max. i7-9700 | Core i5-8500T",
                    "i5-8500T (supports i7-8700 and i9-9900) | Core i5-8500T",
                    "i5-8500T bis i7-9700 aufrüstbar | Core i5-8500T",
                    "i5-8500T, i7-9700 möglich | Core i5-8500T",
                    "i5-8500T - i7-9700 optional | Core i5-8500T",
                    "i3-8100 statt i5-8500 | Core i3-8100",
                    "i3-8100 faster than i5-6500 | Core i3-8100",
                    "i3-8100 besser als ein i5-6500 | Core i3-8100",
                    "i3-8100 vs i5-6500 | Core i3-8100",
                    "i3-8100 similar to an Intel Core i5-6500 | Core i3-8100",
                    "upgraded from i3-8100 to i5-8500T | Core i5-8500T",
                    "upgraded to i7-8700T | Core i7-8700T",
                    "aufgerüstet auf i7-8700T | Core i7-8700T",
                    "N100 (better than N95 / N5095) | Intel N100",
                    "i5-8500T no RAM no SSD | Core i5-8500T",
                    "i5-8500T ohne CPU-Kühler | Core i5-8500T",
                    "no CPU | ?",
                    "no CPU, i5-8500T removed | ?",
                    "ohne Prozessor, für i5-8500T | ?",
                    "CPU not included (i5-8500T) | ?",
                    "w/o CPU, i5-8500T or i7-8700T | ?",
                    "up to i7-9700 | ?",
                    "i5-6500 or better | ?",
                    "i5-6500T oder besser | ?",
                    "i5-6500 kompatibel | ?",
                    "fan for i5-8500T | ?",
                    "Kühler passend für i5-8500T | ?"
                })
        void isRespected(String title, String processor) {
            require("PC " + title, processor);
        }
    }

    @Nested
    class Doubts {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "i5",
                    "i5 12th gen",
                    "I5-12.Gen",
                    "12. Generation Core i5",
                    "i5/i7",
                    "Ryzen 5",
                    "Xeon",
                    "Celeron",
                    "i5-6500T / i7-6700T",
                    "i5-6500/7500",
                    "i5-6500 or 7500",
                    "i5-8500T and i7-8700T",
                    "i5-8500T i7",
                    "Ryzen 5 i5-8500T",
                    "i7 8500T",
                    "i5-8550T",
                    "i5 7010",
                    "OptiPlex 7010",
                    "OptiPlex i5 7050",
                    "HP Elite i5 8300",
                    "EliteDesk 800 G4",
                    "ProBook i5 650 G2",
                    "ThinkPad T480s",
                    "ThinkCentre M720q",
                    "RTX 3050",
                    "RX 5600 XT",
                    "GTX 1650",
                    "DDR4 2400",
                    "PC4-2400T",
                    "i5 2400 MHz RAM",
                    "512GB M.2",
                    "256GB M2 SSD",
                    "Mac mini 256GB M2 SSD",
                    "WLAN N150 Adapter",
                    "N300 WiFi",
                    "lot of 5 mixed i5-6500T"
                })
        void areLeftToTheUser(String title) {
            require("PC " + title, "?");
        }
    }
}
