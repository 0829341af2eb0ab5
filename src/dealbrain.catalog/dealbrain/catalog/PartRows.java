package dealbrain.catalog;

import dealbrain.database.ColumnReader;
import dealbrain.json.Json;
import dealbrain.json.RawJson;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Jdbi;

/** The one projection of each kind of part, and how its columns are read, in their order. The first column is the id. */
public final class PartRows {
    public static final String CPU =
            "cpu.id, cpu.name, cpu.manufacturer, cpu.socket, cpu.cores, cpu.threads, cpu.tdp_w, cpu.igpu_model, "
                    + "cpu.cpu_mark_multi, cpu.cpu_mark_single, cpu.igpu_mark, cpu.release_year, cpu.notes, cpu.attributes, "
                    + "cpu.row_version, cpu.created_at, cpu.updated_at";
    public static final String GPU =
            "gpu.id, gpu.name, gpu.manufacturer, gpu.gpu_mark, gpu.metal_score, gpu.notes, gpu.attributes, "
                    + "gpu.row_version, gpu.created_at, gpu.updated_at";
    public static final String RAM_SPEC =
            "ram_spec.id, ram_spec.label, ram_spec.ddr_generation, ram_spec.speed_mhz, ram_spec.module_count, "
                    + "ram_spec.capacity_per_module_gb, ram_spec.total_capacity_gb, ram_spec.row_version, "
                    + "ram_spec.created_at, ram_spec.updated_at";
    public static final String STORAGE_PROFILE =
            "storage_profile.id, storage_profile.label, storage_profile.medium, storage_profile.interface, "
                    + "storage_profile.form_factor, storage_profile.capacity_gb, storage_profile.performance_tier, "
                    + "storage_profile.row_version, storage_profile.created_at, storage_profile.updated_at";
    public static final String PORTS_PROFILE =
            "ports_profile.id, ports_profile.name, ports_profile.description, ports_profile.ports, "
                    + "ports_profile.row_version, ports_profile.created_at, ports_profile.updated_at";
    public static final String SCORING_PROFILE =
            "scoring_profile.id, scoring_profile.name, scoring_profile.description, scoring_profile.weights, "
                    + "scoring_profile.is_default, scoring_profile.row_version, scoring_profile.created_at, "
                    + "scoring_profile.updated_at";
    public static final String RULESET =
            "ruleset.id, ruleset.name, ruleset.description, ruleset.version, ruleset.is_active, "
                    + "ruleset.row_version, ruleset.created_at, ruleset.updated_at";
    public static final String PRIMARY_STORAGE =
            "primary_storage.id, primary_storage.label, primary_storage.medium, primary_storage.interface, "
                    + "primary_storage.form_factor, primary_storage.capacity_gb, primary_storage.performance_tier, "
                    + "primary_storage.row_version, primary_storage.created_at, primary_storage.updated_at";
    public static final String SECONDARY_STORAGE =
            "secondary_storage.id, secondary_storage.label, secondary_storage.medium, secondary_storage.interface, "
                    + "secondary_storage.form_factor, secondary_storage.capacity_gb, secondary_storage.performance_tier, "
                    + "secondary_storage.row_version, secondary_storage.created_at, secondary_storage.updated_at";

    private PartRows() {}

    /** The form in which weights are stored. */
    private static final class Weights extends LinkedHashMap<String, BigDecimal> {
        private static final long serialVersionUID = 1;
    }

    /** Teaches Jdbi to read results that are nothing but parts. */
    static void register(Jdbi jdbi) {
        jdbi.registerRowMapper(Cpu.class, (row, _) -> cpu(new ColumnReader(row)));
        jdbi.registerRowMapper(Gpu.class, (row, _) -> gpu(new ColumnReader(row)));
        jdbi.registerRowMapper(RamSpec.class, (row, _) -> ramSpec(new ColumnReader(row)));
        jdbi.registerRowMapper(StorageProfile.class, (row, _) -> storageProfile(new ColumnReader(row)));
        jdbi.registerRowMapper(PortsProfile.class, (row, _) -> portsProfile(new ColumnReader(row)));
        jdbi.registerRowMapper(ScoringProfile.class, (row, _) -> scoringProfile(new ColumnReader(row)));
        jdbi.registerRowMapper(Ruleset.class, (row, _) -> ruleset(new ColumnReader(row)));
    }

    public static Cpu cpu(ColumnReader row) throws SQLException {
        return new Cpu(
                row.int64(),
                row.text(),
                row.textOrNull(),
                row.textOrNull(),
                row.int32OrNull(),
                row.int32OrNull(),
                row.int32OrNull(),
                row.textOrNull(),
                row.int32OrNull(),
                row.int32OrNull(),
                row.int32OrNull(),
                row.int32OrNull(),
                row.textOrNull(),
                new RawJson(row.text()),
                row.int64(),
                row.instant(),
                row.instant());
    }

    public static Gpu gpu(ColumnReader row) throws SQLException {
        return new Gpu(
                row.int64(),
                row.text(),
                row.textOrNull(),
                row.int32OrNull(),
                row.int32OrNull(),
                row.textOrNull(),
                new RawJson(row.text()),
                row.int64(),
                row.instant(),
                row.instant());
    }

    public static RamSpec ramSpec(ColumnReader row) throws SQLException {
        return new RamSpec(
                row.int64(),
                row.textOrNull(),
                DdrGeneration.valueOf(row.text().toUpperCase(Locale.ROOT)),
                row.int32OrNull(),
                row.int32OrNull(),
                row.int32OrNull(),
                row.int32OrNull(),
                row.int64(),
                row.instant(),
                row.instant());
    }

    public static StorageProfile storageProfile(ColumnReader row) throws SQLException {
        return new StorageProfile(
                row.int64(),
                row.textOrNull(),
                StorageMedium.valueOf(row.text().toUpperCase(Locale.ROOT)),
                row.textOrNull(),
                row.textOrNull(),
                row.int32OrNull(),
                row.textOrNull(),
                row.int64(),
                row.instant(),
                row.instant());
    }

    public static PortsProfile portsProfile(ColumnReader row) throws SQLException {
        return new PortsProfile(
                row.int64(),
                row.text(),
                row.textOrNull(),
                List.of(Json.read(row.text(), Port[].class)),
                row.int64(),
                row.instant(),
                row.instant());
    }

    public static ScoringProfile scoringProfile(ColumnReader row) throws SQLException {
        return new ScoringProfile(
                row.int64(),
                row.text(),
                row.textOrNull(),
                Json.read(row.text(), Weights.class),
                row.bool(),
                row.int64(),
                row.instant(),
                row.instant());
    }

    public static Ruleset ruleset(ColumnReader row) throws SQLException {
        return new Ruleset(
                row.int64(),
                row.text(),
                row.textOrNull(),
                row.text(),
                row.bool(),
                row.int64(),
                row.instant(),
                row.instant());
    }
}
