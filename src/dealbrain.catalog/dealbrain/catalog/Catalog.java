package dealbrain.catalog;

import org.jdbi.v3.core.Jdbi;

/** The kinds of parts, each with its rules. */
public record Catalog(
        PartService<Cpu, CpuInput> cpus,
        PartService<Gpu, GpuInput> gpus,
        PartService<RamSpec, RamSpecInput> ramSpecs,
        PartService<StorageProfile, StorageProfileInput> storageProfiles,
        PartService<PortsProfile, PortsProfileInput> portsProfiles,
        PartService<ScoringProfile, ScoringProfileInput> scoringProfiles,
        PartService<Ruleset, RulesetInput> rulesets) {

    public static Catalog of(Jdbi jdbi) {
        PartRows.register(jdbi);
        return new Catalog(
                new PartService<>(jdbi, CpuDao.class, "CPU", CpuInput::of),
                new PartService<>(jdbi, GpuDao.class, "GPU", GpuInput::of),
                new PartService<>(jdbi, RamSpecDao.class, "RAM spec", RamSpecInput::of),
                new PartService<>(jdbi, StorageProfileDao.class, "storage profile", StorageProfileInput::of),
                new PartService<>(jdbi, PortsProfileDao.class, "ports profile", PortsProfileInput::of),
                new PartService<>(jdbi, ScoringProfileDao.class, "scoring profile", ScoringProfileInput::of),
                new PartService<>(jdbi, RulesetDao.class, "ruleset", RulesetInput::of));
    }
}
