package dealbrain.catalog;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** The statements on {@code gpu}; each method is one statement. */
interface GpuDao extends PartDao<Gpu> {
    String INPUT = "name, manufacturer, gpu_mark, metal_score, notes, attributes";
    String TYPES = "name text, manufacturer text, gpu_mark integer, metal_score integer, notes text, attributes jsonb";
    String MATCHES = " FROM (SELECT * FROM gpu WHERE :words::text IS NULL "
            + "UNION ALL SELECT * FROM gpu WHERE words_of(name) @@ to_tsquery('simple', :words)) gpu";

    @Override
    @SqlQuery("SELECT " + PartRows.GPU + MATCHES + " ORDER BY id LIMIT :limit OFFSET :offset")
    List<Gpu> list(@Nullable String words, int limit, int offset);

    @Override
    @SqlQuery("SELECT count(*)" + MATCHES)
    long count(@Nullable String words);

    @Override
    @SqlQuery("SELECT " + PartRows.GPU + " FROM gpu WHERE id = :id")
    Optional<Gpu> find(long id);

    @Override
    @SqlQuery("SELECT " + PartRows.GPU + " FROM gpu WHERE id = :id FOR UPDATE")
    Optional<Gpu> lock(long id);

    @Override
    @SqlQuery("INSERT INTO gpu (" + INPUT + ") SELECT " + INPUT + " FROM jsonb_to_record(:input::jsonb) AS input ("
            + TYPES + ") " + "RETURNING " + PartRows.GPU)
    Gpu insert(String input);

    @Override
    @SqlQuery("UPDATE gpu SET (" + INPUT + ") = (SELECT " + INPUT + " FROM jsonb_to_record(:input::jsonb) AS input ("
            + TYPES + ")), " + "row_version = row_version + 1, updated_at = clock_timestamp() WHERE id = :id RETURNING "
            + PartRows.GPU)
    Gpu update(long id, String input);

    @Override
    @SqlUpdate("DELETE FROM gpu WHERE id = :id")
    void delete(long id);
}
