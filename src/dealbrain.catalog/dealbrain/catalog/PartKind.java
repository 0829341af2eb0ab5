package dealbrain.catalog;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What the statements of an import need to know of a kind of part; the texts are made once, of constants. */
public enum PartKind {
    CPU("cpu", CpuDao.INPUT, CpuDao.TYPES, "name"),
    GPU("gpu", GpuDao.INPUT, GpuDao.TYPES, "name"),
    PORTS_PROFILE("ports_profile", PortsProfileDao.INPUT, PortsProfileDao.TYPES, "name"),
    SCORING_PROFILE(
            "scoring_profile", "name, description, weights", "name text, description text, weights jsonb", "name"),
    RULESET("ruleset", RulesetDao.INPUT, RulesetDao.TYPES, "name"),
    RAM_SPEC(
            "ram_spec",
            RamSpecDao.INPUT,
            RamSpecDao.TYPES,
            "ddr_generation, speed_mhz, module_count, capacity_per_module_gb, total_capacity_gb"),
    STORAGE_PROFILE(
            "storage_profile",
            StorageProfileDao.INPUT,
            StorageProfileDao.TYPES,
            "medium, interface, form_factor, capacity_gb, performance_tier");

    private final String create;
    private final String find;

    /**
     * A kind of part.
     *
     * @param key the columns of the natural key, of which only the first is never null
     */
    PartKind(String table, String input, String types, String key) {
        String rows = " FROM ROWS FROM (jsonb_to_recordset(:inputs::jsonb) AS (" + types
                + ")) WITH ORDINALITY AS input (" + input + ", number) ";
        String same = Arrays.stream(key.split(", "))
                .map(column -> "part." + column + " IS NOT DISTINCT FROM input." + column)
                .collect(Collectors.joining(" AND "))
                .replaceFirst("IS NOT DISTINCT FROM", "="); // an equality, which an index can find
        create = "INSERT INTO " + table + " (" + input + ") SELECT DISTINCT ON (" + key + ") " + input + rows
                + "WHERE NOT EXISTS (SELECT FROM " + table + " part WHERE " + same + ") ORDER BY " + key + ", number "
                + "ON CONFLICT ON CONSTRAINT " + table + "_natural_key DO NOTHING";
        find = "SELECT part.id" + rows + "JOIN " + table + " part ON " + same
                + " ORDER BY number FOR KEY SHARE OF part";
    }

    /** Makes those of {@code :inputs} that are not there, in the order of their keys, so that two imports cannot wait for each other. */
    String create() {
        return create;
    }

    /** The ids of {@code :inputs} in their order, safe from deletion until the end of the transaction. */
    String find() {
        return find;
    }
}
