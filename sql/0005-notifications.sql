-- What users are told, and have read.

CREATE TABLE notification (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id    bigint      NOT NULL REFERENCES user_account ON DELETE CASCADE,
    type       text        NOT NULL CHECK (type IN ('share_received', 'share_imported', 'collection_copied', 'system')),
    title      text        NOT NULL CHECK (length(title) BETWEEN 1 AND 500),
    message    text        CHECK (length(message) <= 1000),
    share_id   bigint,
    read_at    timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX notification_user_id_created_at_idx ON notification (user_id, created_at DESC, id DESC);
CREATE INDEX notification_unread_idx ON notification (user_id) WHERE read_at IS NULL;
CREATE INDEX notification_read_at_idx ON notification (read_at) WHERE read_at IS NOT NULL;
