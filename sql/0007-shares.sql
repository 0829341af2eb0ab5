-- Listings and collections shared by public link, and listings shared with a user. A revoked share is a deleted row.

CREATE TABLE listing_share (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    listing_id    bigint      NOT NULL REFERENCES listing ON DELETE CASCADE,
    created_by    bigint      NOT NULL REFERENCES user_account ON DELETE CASCADE,
    share_token   text        NOT NULL CONSTRAINT listing_share_share_token_key UNIQUE CHECK (share_token ~ '^[A-Za-z0-9_-]{64}$'),
    view_count    bigint      NOT NULL DEFAULT 0 CHECK (view_count >= 0),
    crawler_count bigint      NOT NULL DEFAULT 0 CHECK (crawler_count >= 0),
    created_at    timestamptz NOT NULL DEFAULT now(),
    expires_at    timestamptz
);
CREATE INDEX listing_share_listing_id_idx ON listing_share (listing_id);
CREATE INDEX listing_share_created_by_idx ON listing_share (created_by, created_at DESC, id DESC);
CREATE INDEX listing_share_expires_at_idx ON listing_share (expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE collection_share (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    collection_id bigint      NOT NULL REFERENCES collection ON DELETE CASCADE,
    share_token   text        NOT NULL CONSTRAINT collection_share_share_token_key UNIQUE CHECK (share_token ~ '^[A-Za-z0-9_-]{64}$'),
    view_count    bigint      NOT NULL DEFAULT 0 CHECK (view_count >= 0),
    crawler_count bigint      NOT NULL DEFAULT 0 CHECK (crawler_count >= 0),
    created_at    timestamptz NOT NULL DEFAULT now(),
    expires_at    timestamptz
);
CREATE INDEX collection_share_collection_id_idx ON collection_share (collection_id, id);
CREATE INDEX collection_share_expires_at_idx ON collection_share (expires_at) WHERE expires_at IS NOT NULL;

-- A collection that becomes private closes its links for good: opening it again does not bring them back.
CREATE FUNCTION close_links_of_private_collection() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM collection_share WHERE collection_id = NEW.id;
    RETURN NULL;
END $$;

CREATE TRIGGER collection_made_private AFTER UPDATE OF visibility ON collection
    FOR EACH ROW WHEN (NEW.visibility = 'private' AND OLD.visibility <> 'private') EXECUTE FUNCTION close_links_of_private_collection();

CREATE TABLE user_share (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sender_id    bigint      NOT NULL REFERENCES user_account ON DELETE CASCADE,
    recipient_id bigint      NOT NULL REFERENCES user_account ON DELETE CASCADE,
    listing_id   bigint      NOT NULL REFERENCES listing ON DELETE CASCADE,
    share_token  text        NOT NULL CONSTRAINT user_share_share_token_key UNIQUE CHECK (share_token ~ '^[A-Za-z0-9_-]{64}$'),
    message      text        CHECK (length(message) <= 500),
    shared_at    timestamptz NOT NULL DEFAULT now(),
    expires_at   timestamptz NOT NULL,
    viewed_at    timestamptz,
    imported_at  timestamptz,
    CONSTRAINT user_share_not_with_oneself CHECK (sender_id <> recipient_id)
);
CREATE INDEX user_share_recipient_id_idx ON user_share (recipient_id, shared_at DESC, id DESC);
CREATE INDEX user_share_sender_id_idx ON user_share (sender_id, shared_at DESC, id DESC);
CREATE INDEX user_share_listing_id_idx ON user_share (listing_id);
CREATE INDEX user_share_expires_at_idx ON user_share (expires_at);

ALTER TABLE notification ADD CONSTRAINT notification_share_id_fkey FOREIGN KEY (share_id) REFERENCES user_share ON DELETE SET NULL;
CREATE INDEX notification_share_id_idx ON notification (share_id) WHERE share_id IS NOT NULL;

-- One row a sender: who shares locks it, and so the limit of the last hour is exact. It outlives deleted shares.
CREATE TABLE user_share_limit (
    sender_id bigint PRIMARY KEY REFERENCES user_account ON DELETE CASCADE,
    shared_at timestamptz[] NOT NULL
);
