package dealbrain.catalog;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** The statements on {@code ports_profile}; each method is one statement. */
interface PortsProfileDao extends PartDao<PortsProfile> {
    String INPUT = "name, description, ports";
    String TYPES = "name text, description text, ports jsonb";
    String MATCHES = " FROM (SELECT * FROM ports_profile WHERE :words::text IS NULL "
            + "UNION ALL SELECT * FROM ports_profile WHERE words_of(name) @@ to_tsquery('simple', :words)) ports_profile";

    @Override
    @SqlQuery("SELECT " + PartRows.PORTS_PROFILE + MATCHES + " ORDER BY id LIMIT :limit OFFSET :offset")
    List<PortsProfile> list(@Nullable String words, int limit, int offset);

    @Override
    @SqlQuery("SELECT count(*)" + MATCHES)
    long count(@Nullable String words);

    @Override
    @SqlQuery("SELECT " + PartRows.PORTS_PROFILE + " FROM ports_profile WHERE id = :id")
    Optional<PortsProfile> find(long id);

    @Override
    @SqlQuery("SELECT " + PartRows.PORTS_PROFILE + " FROM ports_profile WHERE id = :id FOR UPDATE")
    Optional<PortsProfile> lock(long id);

    @Override
    @SqlQuery("INSERT INTO ports_profile (" + INPUT + ") SELECT " + INPUT
            + " FROM jsonb_to_record(:input::jsonb) AS input (" + TYPES + ") " + "RETURNING " + PartRows.PORTS_PROFILE)
    PortsProfile insert(String input);

    @Override
    @SqlQuery("UPDATE ports_profile SET (" + INPUT + ") = (SELECT " + INPUT
            + " FROM jsonb_to_record(:input::jsonb) AS input (" + TYPES + ")), "
            + "row_version = row_version + 1, updated_at = clock_timestamp() WHERE id = :id RETURNING "
            + PartRows.PORTS_PROFILE)
    PortsProfile update(long id, String input);

    @Override
    @SqlUpdate("DELETE FROM ports_profile WHERE id = :id")
    void delete(long id);
}
