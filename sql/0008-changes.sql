-- What has changed of the things that kept answers show, written by triggers within the very transaction of the change: whoever
-- sees the change sees the row, and no code can forget it, a cascade neither. Rows are kept a little longer than any answer.

CREATE TABLE change_log (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    xid        xid8        NOT NULL DEFAULT pg_current_xact_id(),
    tag        text        NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX change_log_xid_idx ON change_log (xid);
CREATE INDEX change_log_changed_at_idx ON change_log (changed_at);

-- The running programs that keep answers in memory, with the snapshot up to which each has heard of every change.
CREATE TABLE change_listener (
    id      uuid PRIMARY KEY,
    seen    pg_snapshot NOT NULL,
    seen_at timestamptz NOT NULL
) WITH (fillfactor = 50);

CREATE FUNCTION log_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO change_log (tag) VALUES (TG_ARGV[0] || ':' || OLD.id);
    RETURN NULL;
END $$;

-- Views are counted in some of these tables and are no change; each UPDATE OF names columns that every real change writes.
CREATE TRIGGER listing_changed AFTER UPDATE OR DELETE ON listing FOR EACH ROW EXECUTE FUNCTION log_change('listing');
CREATE TRIGGER cpu_changed AFTER UPDATE OR DELETE ON cpu FOR EACH ROW EXECUTE FUNCTION log_change('cpu');
CREATE TRIGGER gpu_changed AFTER UPDATE OR DELETE ON gpu FOR EACH ROW EXECUTE FUNCTION log_change('gpu');
CREATE TRIGGER ram_spec_changed AFTER UPDATE OR DELETE ON ram_spec FOR EACH ROW EXECUTE FUNCTION log_change('ram_spec');
CREATE TRIGGER storage_profile_changed AFTER UPDATE OR DELETE ON storage_profile FOR EACH ROW EXECUTE FUNCTION log_change('storage_profile');
CREATE TRIGGER ports_profile_changed AFTER UPDATE OR DELETE ON ports_profile FOR EACH ROW EXECUTE FUNCTION log_change('ports_profile');
CREATE TRIGGER scoring_profile_changed AFTER UPDATE OR DELETE ON scoring_profile FOR EACH ROW EXECUTE FUNCTION log_change('scoring_profile');
CREATE TRIGGER ruleset_changed AFTER UPDATE OR DELETE ON ruleset FOR EACH ROW EXECUTE FUNCTION log_change('ruleset');
CREATE TRIGGER user_account_changed AFTER UPDATE OR DELETE ON user_account FOR EACH ROW EXECUTE FUNCTION log_change('user');
CREATE TRIGGER collection_changed AFTER UPDATE OF row_version, visibility, name, description OR DELETE ON collection
    FOR EACH ROW EXECUTE FUNCTION log_change('collection');
CREATE TRIGGER listing_share_changed AFTER UPDATE OF expires_at OR DELETE ON listing_share
    FOR EACH ROW EXECUTE FUNCTION log_change('listing_share');
CREATE TRIGGER collection_share_changed AFTER UPDATE OF expires_at OR DELETE ON collection_share
    FOR EACH ROW EXECUTE FUNCTION log_change('collection_share');
