-- Users, their access tokens, and the count of failed sign-ins.

CREATE TABLE user_account (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    username      text        NOT NULL CHECK (username ~ '^[A-Za-z0-9_.-]{2,64}$'),
    email         text        CHECK (length(email) BETWEEN 3 AND 254),
    display_name  text        CHECK (length(display_name) BETWEEN 1 AND 100),
    role          text        NOT NULL DEFAULT 'user' CHECK (role IN ('user', 'admin')),
    password_hash text        NOT NULL,
    row_version   bigint      NOT NULL DEFAULT 1,
    created_at    timestamptz NOT NULL DEFAULT now()
);
-- Ada and ada would be taken for each other; text_pattern_ops serves the search by prefix as well as equality.
CREATE UNIQUE INDEX user_account_username_key ON user_account (lower(username) text_pattern_ops);
CREATE UNIQUE INDEX user_account_email_key ON user_account (lower(email));

CREATE TABLE access_token (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id    bigint      NOT NULL REFERENCES user_account ON DELETE CASCADE,
    name       text        CHECK (length(name) BETWEEN 1 AND 100),
    scope      text        NOT NULL CHECK (scope IN ('read', 'write')),
    token_hash bytea       NOT NULL CONSTRAINT access_token_token_hash_key UNIQUE CHECK (octet_length(token_hash) = 32),
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz
);
CREATE INDEX access_token_user_id_idx ON access_token (user_id, id);
CREATE INDEX access_token_expires_at_idx ON access_token (expires_at) WHERE expires_at IS NOT NULL; -- for the sweep

-- By user and address, and under the name ALL for all users of an address. Not worth the write-ahead log: after a crash
-- everybody has their tries again.
CREATE UNLOGGED TABLE sign_in_failure (
    username     text        NOT NULL,
    address      text        NOT NULL,
    window_start timestamptz NOT NULL,
    failures     integer     NOT NULL CHECK (failures >= 0),
    PRIMARY KEY (username, address)
);
CREATE INDEX sign_in_failure_window_start_idx ON sign_in_failure (window_start);
