package dealbrain.catalog;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** The statements on {@code cpu}; each method is one statement. */
interface CpuDao extends PartDao<Cpu> {
    String INPUT = "name, manufacturer, socket, cores, threads, tdp_w, igpu_model, cpu_mark_multi, cpu_mark_single, "
            + "igpu_mark, release_year, notes, attributes";
    String TYPES = "name text, manufacturer text, socket text, cores integer, threads integer, tdp_w integer, "
            + "igpu_model text, cpu_mark_multi integer, cpu_mark_single integer, igpu_mark integer, "
            + "release_year integer, notes text, attributes jsonb";
    String MATCHES = " FROM (SELECT * FROM cpu WHERE :words::text IS NULL "
            + "UNION ALL SELECT * FROM cpu WHERE words_of(name) @@ to_tsquery('simple', :words)) cpu";

    @Override
    @SqlQuery("SELECT " + PartRows.CPU + MATCHES + " ORDER BY id LIMIT :limit OFFSET :offset")
    List<Cpu> list(@Nullable String words, int limit, int offset);

    @Override
    @SqlQuery("SELECT count(*)" + MATCHES)
    long count(@Nullable String words);

    @Override
    @SqlQuery("SELECT " + PartRows.CPU + " FROM cpu WHERE id = :id")
    Optional<Cpu> find(long id);

    @Override
    @SqlQuery("SELECT " + PartRows.CPU + " FROM cpu WHERE id = :id FOR UPDATE")
    Optional<Cpu> lock(long id);

    @Override
    @SqlQuery("INSERT INTO cpu (" + INPUT + ") SELECT " + INPUT + " FROM jsonb_to_record(:input::jsonb) AS input ("
            + TYPES + ") " + "RETURNING " + PartRows.CPU)
    Cpu insert(String input);

    @Override
    @SqlQuery("UPDATE cpu SET (" + INPUT + ") = (SELECT " + INPUT + " FROM jsonb_to_record(:input::jsonb) AS input ("
            + TYPES + ")), " + "row_version = row_version + 1, updated_at = clock_timestamp() WHERE id = :id RETURNING "
            + PartRows.CPU)
    Cpu update(long id, String input);

    @Override
    @SqlUpdate("DELETE FROM cpu WHERE id = :id")
    void delete(long id);
}
