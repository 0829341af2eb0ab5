package dealbrain.catalog;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** The statements on {@code ruleset}; each method is one statement. */
interface RulesetDao extends PartDao<Ruleset> {
    String INPUT = "name, description, version, is_active";
    String TYPES = "name text, description text, version text, is_active boolean";
    String MATCHES = " FROM (SELECT * FROM ruleset WHERE :words::text IS NULL "
            + "UNION ALL SELECT * FROM ruleset WHERE words_of(name) @@ to_tsquery('simple', :words)) ruleset";

    @Override
    @SqlQuery("SELECT " + PartRows.RULESET + MATCHES + " ORDER BY id LIMIT :limit OFFSET :offset")
    List<Ruleset> list(@Nullable String words, int limit, int offset);

    @Override
    @SqlQuery("SELECT count(*)" + MATCHES)
    long count(@Nullable String words);

    @Override
    @SqlQuery("SELECT " + PartRows.RULESET + " FROM ruleset WHERE id = :id")
    Optional<Ruleset> find(long id);

    @Override
    @SqlQuery("SELECT " + PartRows.RULESET + " FROM ruleset WHERE id = :id FOR UPDATE")
    Optional<Ruleset> lock(long id);

    @Override
    @SqlQuery("INSERT INTO ruleset (" + INPUT + ") SELECT " + INPUT + " FROM jsonb_to_record(:input::jsonb) AS input ("
            + TYPES + ") " + "RETURNING " + PartRows.RULESET)
    Ruleset insert(String input);

    @Override
    @SqlQuery("UPDATE ruleset SET (" + INPUT + ") = (SELECT " + INPUT
            + " FROM jsonb_to_record(:input::jsonb) AS input (" + TYPES + ")), "
            + "row_version = row_version + 1, updated_at = clock_timestamp() WHERE id = :id RETURNING "
            + PartRows.RULESET)
    Ruleset update(long id, String input);

    @Override
    @SqlUpdate("DELETE FROM ruleset WHERE id = :id")
    void delete(long id);
}
