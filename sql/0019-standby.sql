-- Pages from a hot standby (docs/decisions/0024-read-replicas.md).

-- One row for each instance that reads from a standby, written once per second. The standby shows it: it follows this
-- history of transactions, and is as old as the beat at most. The generation is that of the server that committed the
-- row. Logged, since an UNLOGGED table cannot be read on a standby. Most of a page stays free, so that a beat changes no
-- index (HOT).
CREATE TABLE change_heartbeat (
    instance   uuid        PRIMARY KEY,
    generation text        NOT NULL,
    beat       bigint      NOT NULL,
    written_at timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (fillfactor = 10);

-- The list of public collections depends on collections that it does not show yet: a new one is a change too.
CREATE FUNCTION log_new_public_collections() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM log_changes('collection', ARRAY(SELECT id FROM new_rows WHERE visibility = 'public' LIMIT 101));
    RETURN NULL;
END $$;

CREATE TRIGGER log_insert AFTER INSERT ON collection
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION log_new_public_collections();
ALTER TABLE collection ENABLE ALWAYS TRIGGER log_insert;

DO $$
BEGIN
    EXECUTE format('ALTER FUNCTION log_new_public_collections() SET search_path = %I, pg_temp', current_schema());
END $$;
