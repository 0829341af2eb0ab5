package dealbrain.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DescribedPartTest {
    private static DescribedPart ram(String text) {
        return DescribedPart.parse(PartKind.RAM_SPEC, text).orElseThrow();
    }

    private static DescribedPart storage(String text) {
        return DescribedPart.parse(PartKind.STORAGE_PROFILE, text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            16 GB DDR4-3200                   | DDR4    | 3200 |   |    | 16   | 16 GB DDR4-3200
            16GB DDR4 3200                    | DDR4    | 3200 |   |    | 16   | 16 GB DDR4-3200
            16GB 3200MHz DDR4 RAM             | DDR4    | 3200 |   |    | 16   | 16 GB DDR4-3200
            16 GB 3200 DDR4                   | DDR4    | 3200 |   |    | 16   | 16 GB DDR4-3200
            DDR4-2666 SO-DIMM 8 GB            | DDR4    | 2666 |   |    | 8    | 8 GB DDR4-2666
            DDR4 128GB                        | DDR4    |      |   |    | 128  | 128 GB DDR4
            DDR4/3200 MT/s, 64GB ECC RDIMM    | DDR4    | 3200 |   |    | 64   | 64 GB DDR4-3200
            2x8GB DDR4 3200                   | DDR4    | 3200 | 2 | 8  | 16   | 16 GB DDR4-3200 (2 × 8 GB)
            2 × 8 GB DDR4-3200                | DDR4    | 3200 | 2 | 8  | 16   | 16 GB DDR4-3200 (2 × 8 GB)
            16GB (2x8GB) DDR4-3200            | DDR4    | 3200 | 2 | 8  | 16   | 16 GB DDR4-3200 (2 × 8 GB)
            8GB x 2 DDR5                      | DDR5    |      | 2 | 8  | 16   | 16 GB DDR5 (2 × 8 GB)
            32GB PC4-25600                    | DDR4    | 3200 |   |    | 32   | 32 GB DDR4-3200
            32GB PC4-21300 Kit                | DDR4    | 2666 |   |    | 32   | 32 GB DDR4-2666
            8GB PC4-2400T                     | DDR4    | 2400 |   |    | 8    | 8 GB DDR4-2400
            8GB PC3L-12800S                   | DDR3    | 1600 |   |    | 8    | 8 GB DDR3-1600
            4 GB DDR3L                        | DDR3    |      |   |    | 4    | 4 GB DDR3
            16GB LPDDR4x-4266                 | LPDDR4X | 4266 |   |    | 16   | 16 GB LPDDR4X-4266
            16GB LPDDR5                       | LPDDR5  |      |   |    | 16   | 16 GB LPDDR5
            16 GB                             | UNKNOWN |      |   |    | 16   | 16 GB RAM
            16g ram                           | UNKNOWN |      |   |    | 16   | 16 GB RAM
            16 GB Arbeitsspeicher             | UNKNOWN |      |   |    | 16   | 16 GB RAM
            1 TB DDR4                         | DDR4    |      |   |    | 1024 | 1024 GB DDR4
            """)
    void readsMemory(
            String text,
            DdrGeneration generation,
            Integer speed,
            Integer modules,
            Integer each,
            int total,
            String label) {
        RamSpecInput expected = new RamSpecInput(label, generation, speed, modules, each, total);

        assertEquals(new DescribedPart(expected, label, total), ram(text));
        assertEquals(ram(text), ram(label));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "DDR4-3200",
                "16 GB DDR2",
                "0 GB",
                "16 GB or 32 GB",
                "16GB (2x4GB)",
                "100x16GB",
                "99999 GB",
                "16 GB DDR4 3200 and a mouse",
                "16 GB DDR4-3200 CL16",
                "Kingston"
            })
    void doesNotReadOtherThingsAsMemory(String text) {
        assertEquals(Optional.empty(), DescribedPart.parse(PartKind.RAM_SPEC, text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            512 GB NVMe                       | NVME     |           | 512  | 512 GB NVMe
            512GB NVMe SSD                    | NVME     |           | 512  | 512 GB NVMe
            512GB PCIe Gen3 x4 SSD            | NVME     |           | 512  | 512 GB NVMe
            512gb m.2 nvme                    | NVME     | M.2       | 512  | 512 GB NVMe M.2
            NVMe 256GB M.2 2280               | NVME     | M.2 2280  | 256  | 256 GB NVMe M.2 2280
            1TB NVMe                          | NVME     |           | 1000 | 1 TB NVMe
            1,92 TB NVMe                      | NVME     |           | 1920 | 1920 GB NVMe
            2.5TB HDD                         | HDD      |           | 2500 | 2500 GB HDD
            1TB SATA SSD                      | SATA_SSD |           | 1000 | 1 TB SATA SSD
            SSD 240 GB SATA III 6Gb/s         | SATA_SSD |           | 240  | 240 GB SATA SSD
            256 GB SSD 2.5"                   | SATA_SSD | 2.5 in    | 256  | 256 GB SATA SSD 2.5 in
            256GB 2,5 Zoll SSD                | SATA_SSD | 2.5 in    | 256  | 256 GB SATA SSD 2.5 in
            128GB mSATA SSD                   | SATA_SSD | mSATA     | 128  | 128 GB SATA SSD mSATA
            500 GB HDD                        | HDD      |           | 500  | 500 GB HDD
            500GB SATA HDD 7200rpm            | HDD      |           | 500  | 500 GB HDD
            2 TB hard drive 3.5 inch          | HDD      | 3.5 in    | 2000 | 2 TB HDD 3.5 in
            1 TB Festplatte                   | HDD      |           | 1000 | 1 TB HDD
            1TB SSHD                          | HYBRID   |           | 1000 | 1 TB SSHD
            64GB eMMC                         | EMMC     |           | 64   | 64 GB eMMC
            128 GB UFS                        | UFS      |           | 128  | 128 GB UFS
            """)
    void readsDrives(String text, StorageMedium medium, String formFactor, int capacity, String label) {
        StorageProfileInput expected = new StorageProfileInput(label, medium, null, formFactor, capacity, null);

        assertEquals(new DescribedPart(expected, label, capacity), storage(text));
        assertEquals(storage(text), storage(label));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "512 GB",
                "512 GB SSD",
                "M.2 SSD 512GB",
                "NVMe",
                "512 GB NVMe + 1 TB HDD",
                "512 GB NVMe HDD",
                "0 GB NVMe",
                "9999999 GB NVMe",
                "Samsung 980 PRO 1TB NVMe"
            })
    void doesNotReadOtherThingsAsADrive(String text) {
        assertEquals(Optional.empty(), DescribedPart.parse(PartKind.STORAGE_PROFILE, text));
    }

    @Test
    void completesMembers() {
        RamSpecInput modules = new RamSpecInput(null, DdrGeneration.DDR4, 3200, 2, 8, null);
        RamSpecInput labelled = new RamSpecInput("mine", DdrGeneration.DDR4, 3200, null, null, 16);

        assertEquals(ram("2x8GB DDR4-3200"), DescribedPart.of(modules).orElseThrow());
        assertEquals(
                new DescribedPart(labelled, "mine", 16),
                DescribedPart.of(labelled).orElseThrow());
        assertEquals(
                storage("512 GB NVMe"),
                DescribedPart.of(new StorageProfileInput(null, StorageMedium.NVME, null, null, 512, null))
                        .orElseThrow());
    }

    @Test
    void needsCapacityAndMedium() {
        assertEquals(
                Optional.empty(), DescribedPart.of(new RamSpecInput("16 GB", DdrGeneration.DDR4, 3200, 2, null, null)));
        assertEquals(
                Optional.empty(),
                DescribedPart.of(new StorageProfileInput("x", StorageMedium.UNKNOWN, null, null, 512, null)));
        assertEquals(
                Optional.empty(),
                DescribedPart.of(new StorageProfileInput("x", StorageMedium.NVME, null, null, null, null)));
        assertEquals(Optional.empty(), DescribedPart.parse(PartKind.CPU, "16 GB"));
    }
}
