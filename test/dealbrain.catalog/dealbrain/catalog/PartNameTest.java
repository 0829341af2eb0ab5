package dealbrain.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartNameTest {
    private static String cpu(String name) {
        return PartName.of(PartKind.CPU, name).key();
    }

    private static String gpu(String name) {
        return PartName.of(PartKind.GPU, name).key();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            i5-12500T                                   | Intel Core i5-12500T
            I5 12500T                                   | Intel Core i5-12500T
            i512500t                                    | Intel Core i5-12500T
            core i5-12500T                              | Intel Core i5-12500T
            Intel® Core™ i5-12500T                      | Intel Core i5-12500T
            Intel(R) Core(TM) i5-12500T                 | Intel Core i5-12500T
            INTEL CORE I5‑12500T                        | Intel Core i5-12500T
            Intel i5 - 12500 T                          | Intel Core i5-12500T
            12th Gen Intel(R) Core(TM) i5-12500T        | Intel Core i5-12500T
            Intel Core i5-12500T (12. Generation)       | Intel Core i5-12500T
            Intel Core i5-12500T Processor              | Intel Core i5-12500T
            Intel Core i5-12500T 6-Core 2.0 GHz         | Intel Core i5-12500T
            Intel Core i5-12500T 6C/12T, 2.0-4.4GHz     | Intel Core i5-12500T
            i5-12500T @ 2.00GHz (up to 4.40 GHz)        | Intel Core i5-12500T
            Intel(R) Core(TM) i7-8700T CPU @ 2.40GHz    | Intel Core i7-8700T
            Intel(R) Core(TM) i3-10100 CPU @ 3.60GHz    | Intel Core i3-10100
            Intel(R) Core(TM) m3-7Y30 CPU @ 1.00GHz     | Intel Core m3-7Y30
            Intel(R) Core(TM)2 Duo CPU E8400 @ 3.00GHz  | Intel Core 2 Duo E8400
            Core2Duo E8400                              | Intel Core 2 Duo E8400
            Core 2 Quad Q6600 Quad-Core                 | Intel Core 2 Quad Q6600
            Intel(R) Xeon(R) CPU E3-1245 v5 @ 3.50GHz   | Intel Xeon E3-1245 v5
            Xeon E3-1245V5                              | Intel Xeon E3-1245 v5
            Xeon E5-2650Lv3                             | Intel Xeon E5-2650L v3
            Intel(R) Xeon(R) Gold 6148 CPU @ 2.40GHz    | Intel Xeon Gold 6148
            Intel(R) Pentium(R) CPU G4560T @ 2.90GHz    | Intel Pentium G4560T
            Intel(R) Pentium(R) Silver J5005 CPU        | Pentium Silver J5005
            Intel(R) Celeron(R) N4020 CPU @ 1.10GHz     | Intel Celeron N4020
            Intel® Celeron® Processor J4125             | Celeron J4125
            Intel Processor N100                        | Intel N100
            N100                                        | Intel Processor N100
            Intel(R) Core(TM) Ultra 5 125H              | Intel Core Ultra 5 125H
            Ultra 5 125H                                | Intel Core Ultra 5 125H
            Ryzen 5 5600G                               | AMD Ryzen 5 5600G
            ryzen5 5600g                                | AMD Ryzen 5 5600G
            R5 5600G                                    | AMD Ryzen 5 5600G
            AMD R5-5600G                                | AMD Ryzen 5 5600G
            AMD Ryzen™ 5 5600G                          | AMD Ryzen 5 5600G
            AMD Ryzen 5 5600G with Radeon Graphics      | AMD Ryzen 5 5600G
            AMD Ryzen 5 5600G 6-Core Processor          | AMD Ryzen 5 5600G
            AMD Ryzen 5 5600G Six-Core                  | AMD Ryzen 5 5600G
            R5 PRO 4650GE                               | AMD Ryzen 5 PRO 4650GE
            AMD Ryzen 5 PRO 4650GE with Radeon Graphics | Ryzen 5 Pro 4650GE
            Ryzen 5 3400G w/ Radeon Vega 11 Graphics    | AMD Ryzen 5 3400G
            AMD Ryzen 7 3700U with Radeon Vega Mobile Gfx | Ryzen 7 3700U
            AMD Ryzen 7 7840HS w/ Radeon 780M Graphics  | Ryzen 7 7840HS
            AMD Athlon(tm) Silver 3050U with Radeon Graphics | AMD Athlon Silver 3050U
            AMD Athlon 3000G with Radeon Vega Graphics  | Athlon 3000G
            AMD PRO A10-8770E R7, 10 COMPUTE CORES 4C+6G | AMD PRO A10-8770E
            AMD A8-7600 Radeon R7, 10 Compute Cores 4C+6G | AMD A8-7600
            AMD Ryzen Threadripper PRO 3945WX 12-Cores  | Ryzen Threadripper PRO 3945WX
            AMD EPYC 7302P 16-Core Processor            | EPYC 7302P
            Apple M1                                    | M1
            """)
    void comparesProcessors(String given, String stored) {
        assertEquals(cpu(stored), cpu(given));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GTX 1650                          | NVIDIA GeForce GTX 1650
            gtx1650                           | NVIDIA GeForce GTX 1650
            GeForce GTX-1650                  | NVIDIA GeForce GTX 1650
            NVIDIA® GeForce® GTX 1650 GDDR6   | NVIDIA GeForce GTX 1650
            GTX 1050Ti                        | NVIDIA GeForce GTX 1050 Ti
            GTX1050 TI                        | NVIDIA GeForce GTX 1050 Ti
            GTX 1660SUPER                     | NVIDIA GeForce GTX 1660 Super
            GT1030                            | NVIDIA GeForce GT 1030
            RTX 3060 12 GB                    | NVIDIA GeForce RTX 3060 12GB
            NVIDIA RTX A2000 graphics card    | RTX A2000
            nVidia Quadro P620                | Quadro P620
            Quadro P1000 (4GB)                | NVIDIA Quadro P1000 4 GB
            NVIDIA T400 4GB                   | T400 4GB
            RX 6400                           | AMD Radeon RX 6400
            RX6400                            | AMD Radeon RX 6400
            AMD Radeon™ RX 5700XT             | Radeon RX 5700 XT
            Radeon Pro WX 3100                | AMD Radeon Pro WX 3100
            Pro WX3100                        | Radeon Pro WX 3100
            ATI Radeon HD 5450                | AMD Radeon HD 5450
            R7 250                            | AMD Radeon R7 250
            UHD Graphics 630                  | Intel(R) UHD Graphics 630
            UHD630                            | Intel UHD 630
            AMD Radeon(TM) Vega 8 Graphics    | Vega 8
            Intel(R) Arc(TM) A310 Graphics    | Arc A310
            """)
    void comparesGraphicsCards(String given, String stored) {
        assertEquals(gpu(stored), gpu(given));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            i5-12500        | i5-12500T
            i5-8500         | i5-9500
            i7-8700         | i7-8700K
            Ryzen 5 5600    | Ryzen 5 5600G
            Ryzen 5 PRO 2400G | Ryzen 5 2400G
            Xeon E5-2670    | Xeon E5-2670 v2
            i5 12th gen     | i5
            """)
    void distinguishesProcessors(String one, String other) {
        assertNotEquals(cpu(one), cpu(other));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GTX 1650        | GTX 1650 Super
            RTX 3060        | RTX 3060 Ti
            Radeon 610M     | GeForce 610M
            Intel HD 4600   | Radeon HD 4600
            Quadro P620     | Quadro P600
            """)
    void distinguishesGraphicsCards(String one, String other) {
        assertNotEquals(gpu(one), gpu(other));
    }

    @Test
    void comparesOtherNamesByCaseSpacesAndSignsOnly() {
        assertEquals(
                PartName.of(PartKind.RULESET, "Used office-PCs").key(),
                PartName.of(PartKind.RULESET, "USED  Office PCs!").key());
        assertNotEquals(
                PartName.of(PartKind.RULESET, "Intel core").key(),
                PartName.of(PartKind.RULESET, "core").key());
    }

    @Test
    void comparesLabelsOfMemoryAndDrivesByWhatTheySay() {
        assertEquals(
                PartName.of(PartKind.RAM_SPEC, "16GB DDR4 3200MHz SO-DIMM").key(),
                PartName.of(PartKind.RAM_SPEC, "16 GB DDR4-3200").key());
        assertEquals(
                PartName.of(PartKind.STORAGE_PROFILE, "NVMe SSD 1000GB").key(),
                PartName.of(PartKind.STORAGE_PROFILE, "1 TB NVMe").key());
    }

    @Test
    void keepsANameOfNoiseOnly() {
        assertEquals("processor", cpu("Processor"));
        assertEquals("intel", cpu("Intel"));
        assertEquals("***", cpu(" *** "));
        assertEquals("", cpu(" "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            12500T                | Intel Core i5-12500T
            i5 12500t             | Intel Core i5-12500T
            Intel 12500T          | i5-12500T
            5600G                 | AMD Ryzen 5 5600G
            AMD 5600G             | Ryzen 5 5600G
            4650GE                | AMD Ryzen 5 PRO 4650GE
            Pentium G5400         | Intel Pentium Gold G5400
            """)
    void findsProcessorsByTheirWords(String given, String stored) {
        assertTrue(matches(PartKind.CPU, given, stored));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            12500               | Intel Core i5-12500T
            Intel 5600G         | AMD Ryzen 5 5600G
            AMD 12500T          | Intel Core i5-12500T
            E5-2670             | Intel Xeon E5-2670 v3
            i5-12500T vPro      | Intel Core i5-12500T
            """)
    void doesNotFindOtherProcessorsByWords(String given, String stored) {
        assertFalse(matches(PartKind.CPU, given, stored));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            NVIDIA P620  | NVIDIA Quadro P620       | true
            1650         | NVIDIA GeForce GTX 1650  | true
            RTX 3060     | GeForce RTX 3060 12GB    | true
            RTX3060      | GeForce RTX 3060 12GB    | true
            WX 3100      | AMD Radeon Pro WX 3100   | true
            1650         | GeForce GTX 1650 Super   | false
            RTX 3060     | GeForce RTX 3060 Ti      | false
            NVIDIA A310  | Intel Arc A310           | false
            RTX 4000     | NVIDIA RTX 4000 Ada      | false
            """)
    void findsGraphicsCardsByTheirWords(String given, String stored, boolean found) {
        assertEquals(found, matches(PartKind.GPU, given, stored));
    }

    private static boolean matches(PartKind<?, ?> kind, String given, String stored) {
        PartName name = PartName.of(kind, given);
        return name.isSpecific(kind) && PartName.of(kind, stored).indexed(kind).containsAll(name.required(kind));
    }

    @ParameterizedTest
    @CsvSource({"i5", "Core i7", "Ryzen 5", "Xeon", "i5 12th gen", "Intel", "AMD Ryzen 7 PRO", "Celeron"})
    void doesNotTakeAFamilyForAProcessor(String family) {
        assertFalse(PartName.of(PartKind.CPU, family).isSpecific(PartKind.CPU));
    }
}
