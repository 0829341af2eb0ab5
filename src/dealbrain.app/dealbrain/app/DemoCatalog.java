package dealbrain.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dealbrain.catalog.Catalog;
import dealbrain.catalog.CpuInput;
import dealbrain.catalog.DdrGeneration;
import dealbrain.catalog.GpuInput;
import dealbrain.catalog.Part;
import dealbrain.catalog.Port;
import dealbrain.catalog.PortsProfileInput;
import dealbrain.catalog.RamSpecInput;
import dealbrain.catalog.RulesetInput;
import dealbrain.catalog.ScoringProfileInput;
import dealbrain.catalog.StorageMedium;
import dealbrain.catalog.StorageProfileInput;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * The parts of the demo, each kind in an order that goes from small to large. The marks are rounded figures of the size that
 * PassMark lists, good enough to compare by.
 */
record DemoCatalog(
        List<Long> cpus,
        List<Long> gpus,
        List<Long> rams,
        List<Long> disks,
        List<Long> archives,
        List<Long> ports,
        List<Long> profiles,
        Long ruleset) {

    static DemoCatalog create(Catalog catalog) {
        return new DemoCatalog(
                ids(CPUS.stream().map(catalog.cpus()::create).toList()),
                ids(GPUS.stream().map(catalog.gpus()::create).toList()),
                ids(RAMS.stream().map(catalog.ramSpecs()::create).toList()),
                ids(DISKS.stream().map(catalog.storageProfiles()::create).toList()),
                ids(ARCHIVES.stream().map(catalog.storageProfiles()::create).toList()),
                ids(PORTS.stream().map(catalog.portsProfiles()::create).toList()),
                ids(PROFILES.stream().map(catalog.scoringProfiles()::create).toList()),
                catalog.rulesets()
                        .create(new RulesetInput(
                                "Used office PCs", "Deducts for missing RAM, drives and a licence", "2026.1", true))
                        .id());
    }

    private static List<Long> ids(List<? extends Part> parts) {
        return parts.stream().map(Part::id).toList();
    }

    static final List<CpuInput> CPUS = List.of(
            cpu("Intel Core i5-6500T", "Intel", "LGA1151", 4, 4, 35, "Intel HD Graphics 530", 4700, 1950, 1050, 2015),
            cpu("Intel Core i3-8100T", "Intel", "LGA1151", 4, 4, 35, "Intel UHD Graphics 630", 5300, 2050, 1180, 2018),
            cpu("Intel Core i5-8500T", "Intel", "LGA1151", 6, 6, 35, "Intel UHD Graphics 630", 7600, 2150, 1180, 2018),
            cpu("AMD Ryzen 5 PRO 2400GE", "AMD", "AM4", 4, 8, 35, "Radeon RX Vega 11", 8000, 2000, 2150, 2018),
            cpu("Intel Core i5-9500", "Intel", "LGA1151", 6, 6, 65, "Intel UHD Graphics 630", 9500, 2550, 1180, 2019),
            cpu(
                    "Intel Core i5-10500T",
                    "Intel",
                    "LGA1200",
                    6,
                    12,
                    35,
                    "Intel UHD Graphics 630",
                    10500,
                    2450,
                    1180,
                    2020),
            cpu("Intel Core i7-9700", "Intel", "LGA1151", 8, 8, 65, "Intel UHD Graphics 630", 13400, 2800, 1180, 2019),
            cpu("AMD Ryzen 5 PRO 4650GE", "AMD", "AM4", 6, 12, 35, "Radeon Vega 7", 15600, 2600, 2200, 2020),
            cpu(
                    "Intel Core i5-12500T",
                    "Intel",
                    "LGA1700",
                    6,
                    12,
                    35,
                    "Intel UHD Graphics 770",
                    17500,
                    3550,
                    1850,
                    2022),
            cpu("AMD Ryzen 7 PRO 5750GE", "AMD", "AM4", 8, 16, 35, "Radeon Vega 8", 21500, 3200, 2350, 2021),
            cpu(
                    "Intel Core i7-12700",
                    "Intel",
                    "LGA1700",
                    12,
                    20,
                    65,
                    "Intel UHD Graphics 770",
                    30600,
                    3850,
                    1850,
                    2022),
            cpu("AMD Ryzen 9 7940HS", "AMD", "FP8", 8, 16, 54, "Radeon 780M", 30900, 3900, 6400, 2023));

    static final List<GpuInput> GPUS = List.of(
            gpu("NVIDIA Quadro P620", "NVIDIA", 3700),
            gpu("NVIDIA GeForce GTX 1650", "NVIDIA", 7800),
            gpu("AMD Radeon RX 6600", "AMD", 14900),
            gpu("NVIDIA GeForce RTX 3060", "NVIDIA", 17000),
            gpu("NVIDIA RTX A2000", "NVIDIA", 13700));

    private static final List<RamSpecInput> RAMS = List.of(
            new RamSpecInput("8 GB DDR4-2400", DdrGeneration.DDR4, 2400, 1, 8, 8),
            new RamSpecInput("16 GB DDR4-2666", DdrGeneration.DDR4, 2666, 2, 8, 16),
            new RamSpecInput("32 GB DDR4-3200", DdrGeneration.DDR4, 3200, 2, 16, 32),
            new RamSpecInput("32 GB DDR5-4800", DdrGeneration.DDR5, 4800, 2, 16, 32),
            new RamSpecInput("64 GB DDR5-5600", DdrGeneration.DDR5, 5600, 2, 32, 64));

    private static final List<StorageProfileInput> DISKS = List.of(
            new StorageProfileInput("256 GB SATA SSD", StorageMedium.SATA_SSD, "SATA III", "2.5 in", 256, "entry"),
            new StorageProfileInput("256 GB NVMe", StorageMedium.NVME, "PCIe 3.0 x4", "M.2 2280", 256, "mainstream"),
            new StorageProfileInput("512 GB NVMe", StorageMedium.NVME, "PCIe 3.0 x4", "M.2 2280", 512, "mainstream"),
            new StorageProfileInput("1 TB NVMe", StorageMedium.NVME, "PCIe 4.0 x4", "M.2 2280", 1000, "performance"));

    private static final List<StorageProfileInput> ARCHIVES = List.of(
            new StorageProfileInput("1 TB HDD", StorageMedium.HDD, "SATA III", "2.5 in", 1000, "archive"),
            new StorageProfileInput("2 TB HDD", StorageMedium.HDD, "SATA III", "3.5 in", 2000, "archive"));

    private static final List<PortsProfileInput> PORTS = List.of(
            new PortsProfileInput(
                    "Tiny office PC",
                    "One litre, two displays",
                    List.of(
                            new Port("usb_a", 5, "3.2 Gen 1"),
                            new Port("usb_c", 1, null),
                            new Port("displayport", 2, "1.2"),
                            new Port("rj45", 1, "1 GbE"))),
            new PortsProfileInput(
                    "Mini workstation",
                    "Three displays and a slot",
                    List.of(
                            new Port("usb_a", 6, "3.2 Gen 2"),
                            new Port("usb_c", 1, "3.2 Gen 2"),
                            new Port("displayport", 3, "1.4"),
                            new Port("rj45", 1, "1 GbE"),
                            new Port("pcie_x16", 1, "low profile"))),
            new PortsProfileInput(
                    "Mini PC with 2.5 GbE",
                    null,
                    List.of(
                            new Port("usb_a", 4, "3.2 Gen 2"),
                            new Port("usb_c", 2, "USB4"),
                            new Port("hdmi", 2, "2.1"),
                            new Port("rj45", 2, "2.5 GbE"))));

    private static final List<ScoringProfileInput> PROFILES = List.of(
            new ScoringProfileInput(
                    "Home server",
                    "Quiet, frugal, many cores",
                    Map.of(
                            "cpu_mark_multi",
                            new BigDecimal("0.5"),
                            "perf_per_watt",
                            new BigDecimal("0.3"),
                            "ram_capacity",
                            new BigDecimal("0.2")),
                    true),
            new ScoringProfileInput(
                    "Living room",
                    "Fast single thread and graphics",
                    Map.of("cpu_mark_single", new BigDecimal("0.6"), "gpu_mark", new BigDecimal("0.4")),
                    false));

    private static CpuInput cpu(
            String name,
            String manufacturer,
            String socket,
            int cores,
            int threads,
            int tdp,
            String igpu,
            int multi,
            int single,
            int igpuMark,
            int year) {
        return new CpuInput(
                name,
                manufacturer,
                socket,
                cores,
                threads,
                tdp,
                igpu,
                multi,
                single,
                igpuMark,
                year,
                null,
                JsonNodeFactory.instance.objectNode());
    }

    private static GpuInput gpu(String name, String manufacturer, int mark) {
        return new GpuInput(name, manufacturer, mark, null, null, JsonNodeFactory.instance.objectNode());
    }
}
