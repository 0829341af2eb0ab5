-- The change log, second version (docs/decisions/0009-never-stale.md).

-- Logs the tags of things of one kind, or a wildcard if there are more than 100, which bounds what a statement logs.
CREATE FUNCTION log_changes(kind text, ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO change_log (tag)
    SELECT kind || ':' || id FROM unnest(CASE WHEN cardinality(ids) > 100 THEN '{*}' ELSE ids::text[] END) id
        ON CONFLICT DO NOTHING;
END $$;

-- The functions of the triggers; the argument is the kind. They select 101 ids at most, enough for a wildcard.
-- An update is logged if a byte of the row changed: *<> compares the bytes, while 1.5 = 1.50. The join is a full one,
-- because a row whose id changes is logged under both ids, and because a plan that was made for one row must not become
-- a nested loop of many. The tests for NULL keep the planner from reducing it to an inner join.
CREATE FUNCTION log_updates() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM log_changes(TG_ARGV[0], ARRAY(
        SELECT id FROM old_rows o FULL JOIN new_rows n USING (id)
         WHERE o.id IS NULL OR n.id IS NULL OR o *<> n LIMIT 101));
    RETURN NULL;
END $$;

-- Views are counted in batches, which log nothing.
CREATE FUNCTION log_updates_except_views() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM log_changes(TG_ARGV[0], ARRAY(
        SELECT id FROM old_rows o FULL JOIN new_rows n USING (id)
         WHERE o.id IS NULL OR n.id IS NULL
            OR o *<> jsonb_populate_record(n, jsonb_build_object(
                   'view_count', o.view_count, 'crawler_count', o.crawler_count))
         LIMIT 101));
    RETURN NULL;
END $$;

CREATE FUNCTION log_deletes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM log_changes(TG_ARGV[0], ARRAY(SELECT id FROM old_rows LIMIT 101));
    RETURN NULL;
END $$;

CREATE FUNCTION log_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO change_log (tag) VALUES (TG_ARGV[0] || ':*') ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

-- Items are logged as their collection, also where session_replication_role keeps the triggers from updating its row.
CREATE FUNCTION log_collections_of_new_items() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM log_changes('collection', ARRAY(SELECT DISTINCT collection_id FROM new_items LIMIT 101));
    RETURN NULL;
END $$;

CREATE FUNCTION log_collections_of_old_items() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM log_changes('collection', ARRAY(SELECT DISTINCT collection_id FROM old_items LIMIT 101));
    RETURN NULL;
END $$;

CREATE FUNCTION log_collections_of_changed_items() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM log_changes('collection', ARRAY(
        SELECT collection_id FROM old_items UNION SELECT collection_id FROM new_items LIMIT 101));
    RETURN NULL;
END $$;

-- Logs every change of the rows of a table. ENABLE ALWAYS: session_replication_role does not switch the triggers off.
CREATE PROCEDURE log_table(name text, kind text, log_updates text DEFAULT 'log_updates') LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER log_update AFTER UPDATE ON %I'
                   ' REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows'
                   ' FOR EACH STATEMENT EXECUTE FUNCTION %I(%L)', name, log_updates, kind);
    EXECUTE format('CREATE TRIGGER log_delete AFTER DELETE ON %I REFERENCING OLD TABLE AS old_rows'
                   ' FOR EACH STATEMENT EXECUTE FUNCTION log_deletes(%L)', name, kind);
    EXECUTE format('CREATE TRIGGER log_truncate AFTER TRUNCATE ON %I'
                   ' FOR EACH STATEMENT EXECUTE FUNCTION log_truncate(%L)', name, kind);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER log_update, ENABLE ALWAYS TRIGGER log_delete,'
                   ' ENABLE ALWAYS TRIGGER log_truncate', name);
END $$;

DROP FUNCTION log_change CASCADE; -- with its triggers
CALL log_table('listing', 'listing');
CALL log_table('cpu', 'cpu');
CALL log_table('gpu', 'gpu');
CALL log_table('ram_spec', 'ram_spec');
CALL log_table('storage_profile', 'storage_profile');
CALL log_table('ports_profile', 'ports_profile');
CALL log_table('scoring_profile', 'scoring_profile');
CALL log_table('ruleset', 'ruleset');
CALL log_table('user_account', 'user');
CALL log_table('collection', 'collection', 'log_updates_except_views');
CALL log_table('listing_share', 'listing_share', 'log_updates_except_views');
CALL log_table('collection_share', 'collection_share', 'log_updates_except_views');

CREATE TRIGGER log_insert AFTER INSERT ON collection_item
    REFERENCING NEW TABLE AS new_items FOR EACH STATEMENT EXECUTE FUNCTION log_collections_of_new_items();
CREATE TRIGGER log_update AFTER UPDATE ON collection_item
    REFERENCING OLD TABLE AS old_items NEW TABLE AS new_items
    FOR EACH STATEMENT EXECUTE FUNCTION log_collections_of_changed_items();
CREATE TRIGGER log_delete AFTER DELETE ON collection_item
    REFERENCING OLD TABLE AS old_items FOR EACH STATEMENT EXECUTE FUNCTION log_collections_of_old_items();
CREATE TRIGGER log_truncate AFTER TRUNCATE ON collection_item
    FOR EACH STATEMENT EXECUTE FUNCTION log_truncate('collection');
ALTER TABLE collection_item ENABLE ALWAYS TRIGGER log_insert, ENABLE ALWAYS TRIGGER log_update,
    ENABLE ALWAYS TRIGGER log_delete, ENABLE ALWAYS TRIGGER log_truncate;

-- An item that moves to another collection changes both, and their counts.
CREATE OR REPLACE FUNCTION touch_collections_of_changed_items() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM collection
      WHERE id IN (SELECT collection_id FROM old_items UNION SELECT collection_id FROM new_items)
      ORDER BY id FOR UPDATE;
    UPDATE collection c
       SET item_count = c.item_count + changed.items, row_version = c.row_version + 1, updated_at = clock_timestamp()
      FROM (SELECT collection_id, sum(items) AS items
              FROM (SELECT collection_id, -1 AS items FROM old_items
                     UNION ALL
                    SELECT collection_id, 1 FROM new_items) item
             GROUP BY collection_id) changed
     WHERE c.id = changed.collection_id;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER collection_item_update AFTER UPDATE ON collection_item
    REFERENCING OLD TABLE AS old_items NEW TABLE AS new_items
    FOR EACH STATEMENT EXECUTE FUNCTION touch_collections_of_changed_items();

CREATE FUNCTION touch_collections_without_items() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE collection SET item_count = 0, row_version = row_version + 1, updated_at = clock_timestamp()
     WHERE item_count > 0;
    RETURN NULL;
END $$;
CREATE TRIGGER collection_item_truncate AFTER TRUNCATE ON collection_item
    FOR EACH STATEMENT EXECUTE FUNCTION touch_collections_without_items();

-- The functions find the tables of this schema for every search_path of a session; a temporary table hides none.
DO $$
DECLARE
    function regprocedure;
BEGIN
    FOR function IN SELECT oid FROM pg_proc
                     WHERE pronamespace = current_schema()::regnamespace AND prorettype = 'trigger'::regtype
                       AND proname ~ '^(log_|touch_collections_|close_links_)' LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp', function, current_schema());
    END LOOP;
END $$;

-- The tags of what a transaction changed, each once. The wildcard 'listing:*' stands for all listings. The table is
-- created anew: its oid is part of the generation, so that no cache entry that was stamped before is used again.
DROP TABLE change_log;
CREATE TABLE change_log (
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    tag text COLLATE "C" NOT NULL,
    PRIMARY KEY (xid, tag)
);

-- Identifies a period without crash and failover: crash recovery and promotion empty an UNLOGGED table. After a crash
-- transaction ids are assigned again, so snapshots of before mean nothing. settled: no lease of before can still run.
CREATE UNLOGGED TABLE change_incarnation (
    single_row boolean PRIMARY KEY DEFAULT true CHECK (single_row),
    id         uuid    NOT NULL DEFAULT gen_random_uuid(),
    settled    boolean NOT NULL DEFAULT false
);

-- The running instances that use their cache. seen: a snapshot up to which the instance has polled all changes. beat
-- increases with each confirmation. Most of a page stays free, so that a confirmation changes no index (HOT).
CREATE UNLOGGED TABLE change_member (
    id           uuid        PRIMARY KEY,
    name         text        NOT NULL,
    lease_millis integer     NOT NULL CHECK (lease_millis > 0),
    seen         pg_snapshot NOT NULL,
    beat         bigint      NOT NULL DEFAULT 0
) WITH (fillfactor = 10);

-- The longest lease that a member ever had, 0 before the first. Survives a crash, unlike the members.
CREATE TABLE change_settings (
    single_row           boolean PRIMARY KEY DEFAULT true CHECK (single_row),
    longest_lease_millis integer NOT NULL CHECK (longest_lease_millis >= 0)
);

-- Snapshots recorded by the sweep. A row of change_log may be deleted when the oldest checkpoint sees it.
CREATE TABLE change_checkpoint (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    position pg_snapshot NOT NULL,
    taken_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
INSERT INTO change_checkpoint (position) VALUES (pg_current_snapshot());

-- An instance of the version before stops using its cache, because it cannot confirm without its table. Until then the
-- others wait for the end of its lease, 2 seconds by default.
LOCK TABLE change_listener;
WITH earlier AS (SELECT count(*) AS instances FROM change_listener
                  WHERE seen_at > clock_timestamp() - interval '1 minute'),
     incarnation AS (INSERT INTO change_incarnation (settled) SELECT instances = 0 FROM earlier)
INSERT INTO change_settings (longest_lease_millis)
SELECT CASE WHEN instances = 0 THEN 0 ELSE 2000 END FROM earlier;
DROP TABLE change_listener;
