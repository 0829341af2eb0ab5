-- Statistics of routes and statements by version of the server, to see what grew since the last one
-- (docs/decisions/0039-versions.md). No page shows these to users, so they are not in the change log.

CREATE TABLE version_statistics (
    version    text        NOT NULL CHECK (length(version) BETWEEN 1 AND 64),
    kind       text        NOT NULL CHECK (kind IN ('route', 'statement')),
    name       text        NOT NULL CHECK (length(name) BETWEEN 1 AND 500), -- a route, or a DAO method
    statistics jsonb       NOT NULL CHECK (statistics ? 'executions'),
    first_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (version, kind, name)
);
