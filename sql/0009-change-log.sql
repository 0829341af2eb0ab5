-- The change log of the never-stale cache, second version (docs/decisions/0009-never-stale.md).

-- The tags of what a transaction changed, each once. The wildcard 'listing:*' stands for all listings. The table is created
-- anew: its oid is part of the generation, so that no cache entry that was stamped before is used again.
DROP TABLE change_log;
CREATE TABLE change_log (
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    tag text COLLATE "C" NOT NULL,
    PRIMARY KEY (xid, tag)
);

-- Identifies a period without crash and failover: crash recovery and promotion empty an UNLOGGED table. After a crash
-- transaction ids are assigned again, so snapshots of before mean nothing. settled: no lease of before can still run.
CREATE UNLOGGED TABLE change_incarnation (
    id      uuid    NOT NULL DEFAULT gen_random_uuid(),
    settled boolean NOT NULL DEFAULT false
);
CREATE UNIQUE INDEX change_incarnation_one_row_key ON change_incarnation ((true));
INSERT INTO change_incarnation (settled) VALUES (true);

-- The running instances that use their cache. seen: a snapshot up to which the instance has polled all changes. beat
-- increases with each confirmation. Most of a page stays free, so that a confirmation changes no index (HOT).
DROP TABLE change_listener;
CREATE UNLOGGED TABLE change_member (
    id           uuid        PRIMARY KEY,
    name         text        NOT NULL,
    lease_millis integer     NOT NULL CHECK (lease_millis > 0),
    seen         pg_snapshot NOT NULL,
    beat         bigint      NOT NULL DEFAULT 0
) WITH (fillfactor = 10);

-- The longest lease that a member ever had, 0 before the first. Survives a crash, unlike the members.
CREATE TABLE change_settings (
    longest_lease_millis integer NOT NULL CHECK (longest_lease_millis >= 0)
);
CREATE UNIQUE INDEX change_settings_one_row_key ON change_settings ((true));
INSERT INTO change_settings (longest_lease_millis) VALUES (0);

-- Snapshots recorded by the sweep. A row of change_log may be deleted when the oldest checkpoint sees it.
CREATE TABLE change_checkpoint (
    position pg_snapshot NOT NULL,
    taken_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
INSERT INTO change_checkpoint (position) VALUES (pg_current_snapshot());

CREATE OR REPLACE FUNCTION log_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO change_log (tag) VALUES (TG_ARGV[0] || ':' || OLD.id) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
