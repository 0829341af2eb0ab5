-- What administrators did, sign-ins, and the last use of tokens (docs/decisions/0033-audit.md). No page shows these, so
-- they are not in the change log.

-- Actors and targets are no foreign keys: their entries outlive them, with the names that they had. A failed sign-in
-- has no actor. Those of one hour, address and user are one row, which counts them.
CREATE TABLE audit_entry (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    action       text        NOT NULL CHECK (length(action) BETWEEN 1 AND 64),
    actor_id     bigint,
    actor_name   text,
    target_kind  text        NOT NULL CHECK (length(target_kind) BETWEEN 1 AND 64),
    target_id    bigint,
    target_name  text,
    address      text,
    request_id   text,
    details      jsonb       NOT NULL DEFAULT '{}',
    occurrences  integer     NOT NULL DEFAULT 1 CHECK (occurrences > 0),
    last_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    failure_hour timestamptz
);
CREATE UNIQUE INDEX audit_entry_failure_key ON audit_entry (failure_hour, address, target_id) NULLS NOT DISTINCT
    WHERE failure_hour IS NOT NULL;
CREATE INDEX audit_entry_created_at_idx ON audit_entry (created_at, id); -- also for the sweep
CREATE INDEX audit_entry_action_idx ON audit_entry (action, created_at, id);
CREATE INDEX audit_entry_actor_name_idx ON audit_entry (lower(actor_name COLLATE "C")) WHERE actor_name IS NOT NULL;
CREATE INDEX audit_entry_target_name_idx ON audit_entry (lower(target_name COLLATE "C")) WHERE target_kind = 'user';

-- Servers of the previous version fail for tokens with the new scope, so they cannot be used for anything else there.
ALTER TABLE access_token ADD COLUMN last_used_at timestamptz, ADD COLUMN last_used_from text;
ALTER TABLE access_token DROP CONSTRAINT access_token_scope_check,
    ADD CONSTRAINT access_token_scope_check CHECK (scope IN ('read', 'write', 'metrics'));
