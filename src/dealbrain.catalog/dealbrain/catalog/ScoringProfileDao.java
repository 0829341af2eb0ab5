package dealbrain.catalog;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** The statements on {@code scoring_profile}; each method is one statement. */
interface ScoringProfileDao extends PartDao<ScoringProfile> {
    String INPUT = "name, description, weights, is_default";
    String TYPES = "name text, description text, weights jsonb, is_default boolean";
    String MATCHES = " FROM (SELECT * FROM scoring_profile WHERE :words::text IS NULL "
            + "UNION ALL SELECT * FROM scoring_profile WHERE words_of(name) @@ to_tsquery('simple', :words)) scoring_profile";

    @Override
    @SqlQuery("SELECT " + PartRows.SCORING_PROFILE + MATCHES + " ORDER BY id LIMIT :limit OFFSET :offset")
    List<ScoringProfile> list(@Nullable String words, int limit, int offset);

    @Override
    @SqlQuery("SELECT count(*)" + MATCHES)
    long count(@Nullable String words);

    @Override
    @SqlQuery("SELECT " + PartRows.SCORING_PROFILE + " FROM scoring_profile WHERE id = :id")
    Optional<ScoringProfile> find(long id);

    @Override
    @SqlQuery("SELECT " + PartRows.SCORING_PROFILE + " FROM scoring_profile WHERE id = :id FOR UPDATE")
    Optional<ScoringProfile> lock(long id);

    @Override
    @SqlQuery("INSERT INTO scoring_profile (" + INPUT + ") SELECT " + INPUT
            + " FROM jsonb_to_record(:input::jsonb) AS input (" + TYPES + ") " + "RETURNING "
            + PartRows.SCORING_PROFILE)
    ScoringProfile insert(String input);

    @Override
    @SqlQuery("UPDATE scoring_profile SET (" + INPUT + ") = (SELECT " + INPUT
            + " FROM jsonb_to_record(:input::jsonb) AS input (" + TYPES + ")), "
            + "row_version = row_version + 1, updated_at = clock_timestamp() WHERE id = :id RETURNING "
            + PartRows.SCORING_PROFILE)
    ScoringProfile update(long id, String input);

    @Override
    @SqlUpdate("DELETE FROM scoring_profile WHERE id = :id")
    void delete(long id);
}
