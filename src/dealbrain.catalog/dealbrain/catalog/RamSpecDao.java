package dealbrain.catalog;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** The statements on {@code ram_spec}; each method is one statement. */
interface RamSpecDao extends PartDao<RamSpec> {
    String INPUT = "label, ddr_generation, speed_mhz, module_count, capacity_per_module_gb, total_capacity_gb";
    String TYPES = "label text, ddr_generation text, speed_mhz integer, module_count integer, "
            + "capacity_per_module_gb integer, total_capacity_gb integer";
    String MATCHES = " FROM (SELECT * FROM ram_spec WHERE :words::text IS NULL "
            + "UNION ALL SELECT * FROM ram_spec WHERE words_of(label) @@ to_tsquery('simple', :words)) ram_spec";

    @Override
    @SqlQuery("SELECT " + PartRows.RAM_SPEC + MATCHES + " ORDER BY id LIMIT :limit OFFSET :offset")
    List<RamSpec> list(@Nullable String words, int limit, int offset);

    @Override
    @SqlQuery("SELECT count(*)" + MATCHES)
    long count(@Nullable String words);

    @Override
    @SqlQuery("SELECT " + PartRows.RAM_SPEC + " FROM ram_spec WHERE id = :id")
    Optional<RamSpec> find(long id);

    @Override
    @SqlQuery("SELECT " + PartRows.RAM_SPEC + " FROM ram_spec WHERE id = :id FOR UPDATE")
    Optional<RamSpec> lock(long id);

    @Override
    @SqlQuery("INSERT INTO ram_spec (" + INPUT + ") SELECT " + INPUT + " FROM jsonb_to_record(:input::jsonb) AS input ("
            + TYPES + ") " + "RETURNING " + PartRows.RAM_SPEC)
    RamSpec insert(String input);

    @Override
    @SqlQuery("UPDATE ram_spec SET (" + INPUT + ") = (SELECT " + INPUT
            + " FROM jsonb_to_record(:input::jsonb) AS input (" + TYPES + ")), "
            + "row_version = row_version + 1, updated_at = clock_timestamp() WHERE id = :id RETURNING "
            + PartRows.RAM_SPEC)
    RamSpec update(long id, String input);

    @Override
    @SqlUpdate("DELETE FROM ram_spec WHERE id = :id")
    void delete(long id);
}
