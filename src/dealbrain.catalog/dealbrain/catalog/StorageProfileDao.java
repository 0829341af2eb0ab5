package dealbrain.catalog;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** The statements on {@code storage_profile}; each method is one statement. */
interface StorageProfileDao extends PartDao<StorageProfile> {
    String INPUT = "label, medium, interface, form_factor, capacity_gb, performance_tier";
    String TYPES =
            "label text, medium text, interface text, form_factor text, capacity_gb integer, performance_tier text";
    String MATCHES = " FROM (SELECT * FROM storage_profile WHERE :words::text IS NULL "
            + "UNION ALL SELECT * FROM storage_profile WHERE words_of(label) @@ to_tsquery('simple', :words)) storage_profile";

    @Override
    @SqlQuery("SELECT " + PartRows.STORAGE_PROFILE + MATCHES + " ORDER BY id LIMIT :limit OFFSET :offset")
    List<StorageProfile> list(@Nullable String words, int limit, int offset);

    @Override
    @SqlQuery("SELECT count(*)" + MATCHES)
    long count(@Nullable String words);

    @Override
    @SqlQuery("SELECT " + PartRows.STORAGE_PROFILE + " FROM storage_profile WHERE id = :id")
    Optional<StorageProfile> find(long id);

    @Override
    @SqlQuery("SELECT " + PartRows.STORAGE_PROFILE + " FROM storage_profile WHERE id = :id FOR UPDATE")
    Optional<StorageProfile> lock(long id);

    @Override
    @SqlQuery("INSERT INTO storage_profile (" + INPUT + ") SELECT " + INPUT
            + " FROM jsonb_to_record(:input::jsonb) AS input (" + TYPES + ") " + "RETURNING "
            + PartRows.STORAGE_PROFILE)
    StorageProfile insert(String input);

    @Override
    @SqlQuery("UPDATE storage_profile SET (" + INPUT + ") = (SELECT " + INPUT
            + " FROM jsonb_to_record(:input::jsonb) AS input (" + TYPES + ")), "
            + "row_version = row_version + 1, updated_at = clock_timestamp() WHERE id = :id RETURNING "
            + PartRows.STORAGE_PROFILE)
    StorageProfile update(long id, String input);

    @Override
    @SqlUpdate("DELETE FROM storage_profile WHERE id = :id")
    void delete(long id);
}
