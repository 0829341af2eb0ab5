package dealbrain.listings;

import dealbrain.database.ColumnReader;
import dealbrain.database.PagedRows;
import dealbrain.http.Versioned;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.sqlobject.SqlObject;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The statements on {@code listing}; each method is one statement. */
@RegisterRowMapper(ListingDao.ListingMapper.class)
interface ListingDao extends SqlObject {
    String INPUT = "title, listing_url, seller, price_usd, price_date, condition, status, marketplace, vendor_item_id, "
            + "device_model, manufacturer, series, model_number, form_factor, ram_gb, primary_storage_gb, "
            + "secondary_storage_gb, thumbnail_url, notes, attributes, adjusted_price_usd, score_composite, "
            + "perf_per_watt, cpu_id, gpu_id, ports_profile_id, active_profile_id, ruleset_id, ram_spec_id, "
            + "primary_storage_profile_id, secondary_storage_profile_id";
    String TYPES =
            "title text, listing_url text, seller text, price_usd numeric, price_date timestamptz, condition text, "
                    + "status text, marketplace text, vendor_item_id text, device_model text, manufacturer text, series text, "
                    + "model_number text, form_factor text, ram_gb integer, primary_storage_gb integer, "
                    + "secondary_storage_gb integer, thumbnail_url text, notes text, attributes jsonb, "
                    + "adjusted_price_usd numeric, score_composite numeric, perf_per_watt numeric, cpu_id bigint, "
                    + "gpu_id bigint, ports_profile_id bigint, active_profile_id bigint, ruleset_id bigint, "
                    + "ram_spec_id bigint, primary_storage_profile_id bigint, secondary_storage_profile_id bigint";
    /** The inputs as rows, numbered from 1 in their order. */
    String INPUT_ROWS = " FROM ROWS FROM (jsonb_to_recordset(:inputs::jsonb) AS (" + TYPES
            + ")) WITH ORDINALITY AS input (" + INPUT + ", number) ";

    /** A part that an input names and that is not there; {@code number} is that of the input, from 1. */
    record MissingPart(int number, String field, long id) {}

    /** What a change of a listing begins with; {@code input} is a {@link ListingInput} as JSON. */
    record Stored(long ownerId, long rowVersion, String input) implements Versioned {
        @Override
        public long version() {
            return rowVersion;
        }
    }

    /** Reads results that are nothing but listings; Jdbi specializes it for each result, so that parts are shared within. */
    final class ListingMapper implements RowMapper<Listing> {
        @Override
        public Listing map(ResultSet row, StatementContext context) throws SQLException {
            return specialize(row, context).map(row, context);
        }

        @Override
        public RowMapper<Listing> specialize(ResultSet result, StatementContext context) {
            ListingRows rows = new ListingRows();
            ColumnReader columns = new ColumnReader(result);
            return (_, _) -> rows.next(columns.rewind());
        }
    }

    /** Makes many; {@code inputs} is an array of {@link ListingInput} as JSON, and the ids come back in its order. */
    @SqlQuery("INSERT INTO listing (owner_id, " + INPUT + ") SELECT :ownerId, " + INPUT + INPUT_ROWS
            + " ORDER BY number RETURNING id")
    List<Long> insertAll(long ownerId, String inputs);

    @SqlQuery("WITH l AS (INSERT INTO listing (owner_id, " + INPUT + ") SELECT :ownerId, " + INPUT + INPUT_ROWS
            + " RETURNING *) " + "SELECT " + ListingRows.COLUMNS + " FROM l" + ListingRows.JOINS)
    Listing insert(long ownerId, String inputs);

    /** Which parts the inputs name that do not exist, for a message that says up to 100 of them. */
    @SqlQuery("WITH named AS (SELECT number, field, id" + INPUT_ROWS + """
            , LATERAL (VALUES ('cpu_id', cpu_id), ('gpu_id', gpu_id), ('ports_profile_id', ports_profile_id),
                       ('active_profile_id', active_profile_id), ('ruleset_id', ruleset_id), ('ram_spec_id', ram_spec_id),
                       ('primary_storage_profile_id', primary_storage_profile_id),
                       ('secondary_storage_profile_id', secondary_storage_profile_id)) AS part (field, id)
             WHERE id IS NOT NULL)
            SELECT number, field, id FROM named
             WHERE NOT CASE field
                   WHEN 'cpu_id' THEN EXISTS (SELECT FROM cpu WHERE cpu.id = named.id)
                   WHEN 'gpu_id' THEN EXISTS (SELECT FROM gpu WHERE gpu.id = named.id)
                   WHEN 'ports_profile_id' THEN EXISTS (SELECT FROM ports_profile p WHERE p.id = named.id)
                   WHEN 'active_profile_id' THEN EXISTS (SELECT FROM scoring_profile s WHERE s.id = named.id)
                   WHEN 'ruleset_id' THEN EXISTS (SELECT FROM ruleset r WHERE r.id = named.id)
                   WHEN 'ram_spec_id' THEN EXISTS (SELECT FROM ram_spec r WHERE r.id = named.id)
                   ELSE EXISTS (SELECT FROM storage_profile s WHERE s.id = named.id) END
             ORDER BY number, field LIMIT 100
            """)
    List<MissingPart> missingParts(String inputs);

    @SqlQuery("SELECT " + ListingRows.COLUMNS + " FROM listing l" + ListingRows.JOINS + " WHERE l.id = :id")
    Optional<Listing> find(long id);

    /**
     * Locks a listing. The ids of its parts come from its own row: after a wait PostgreSQL would join the new row with the
     * parts of the old one, and show none where they differ.
     */
    @SqlQuery("""
            SELECT owner_id, row_version, to_jsonb(l) - '{id, owner_id, row_version, created_at, updated_at}'::text[] AS input
              FROM listing l WHERE id = :id FOR UPDATE
            """)
    Optional<Stored> lock(long id);

    @SqlQuery("WITH l AS (UPDATE listing SET (" + INPUT + ") = (SELECT " + INPUT + INPUT_ROWS
            + "), row_version = row_version + 1, "
            + "updated_at = clock_timestamp() WHERE id = :id RETURNING *) SELECT " + ListingRows.COLUMNS + " FROM l"
            + ListingRows.JOINS)
    Listing update(long id, String inputs);

    @SqlUpdate("DELETE FROM listing WHERE id = :id")
    void delete(long id);

    /** One page of a search with the number of all it finds. One statement, whose text depends only on which filters there are. */
    default PagedRows<Listing> search(ListingSearch search) {
        ListingRows rows = new ListingRows();
        return PagedRows.read(
                getHandle().createQuery(search.sql()).bindMap(search.parameters()),
                row -> Objects.requireNonNull(rows.next(row)));
    }
}
