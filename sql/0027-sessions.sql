-- Sessions of browsers (docs/decisions/0041-sessions.md). A session is a token whose secret is only in a cookie.
ALTER TABLE access_token ADD COLUMN session boolean NOT NULL DEFAULT false;
