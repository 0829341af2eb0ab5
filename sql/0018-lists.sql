-- A page of a list reads only the rows that it shows: each filter and order has an index with the columns of its cursor.

DROP INDEX notification_unread_idx;
CREATE INDEX notification_unread_idx ON notification (user_id, created_at DESC, id DESC) WHERE read_at IS NULL;
CREATE INDEX notification_type_idx ON notification (user_id, type, created_at DESC, id DESC);
CREATE INDEX notification_unread_type_idx ON notification (user_id, type, created_at DESC, id DESC)
    WHERE read_at IS NULL;

CREATE INDEX user_share_unviewed_idx ON user_share (recipient_id, shared_at DESC, id DESC) WHERE viewed_at IS NULL;
CREATE INDEX user_share_imported_idx ON user_share (recipient_id, shared_at DESC, id DESC)
    WHERE imported_at IS NOT NULL;
CREATE INDEX user_share_recipient_expiry_idx ON user_share (recipient_id, expires_at);

DROP INDEX listing_share_listing_id_idx;
CREATE INDEX listing_share_listing_id_idx ON listing_share (listing_id, created_by, created_at DESC, id DESC);

CREATE INDEX collection_visibility_idx ON collection (user_id, visibility, created_at DESC, id DESC);
CREATE INDEX collection_owner_popular_idx ON collection (user_id, view_count DESC, id DESC)
    WHERE visibility = 'public';

CREATE INDEX collection_item_added_at_idx ON collection_item (collection_id, added_at DESC, id DESC);
CREATE INDEX collection_item_status_idx ON collection_item (collection_id, status, order_key);

-- Searches of public collections find only these, however many words the others have. The trigger of index_words sets
-- the column, so that servers of an older version need not know it.
ALTER TABLE collection_words ADD COLUMN is_public boolean NOT NULL DEFAULT false;
UPDATE collection_words w SET is_public = true FROM collection c WHERE c.id = w.id AND c.visibility = 'public';
CREATE INDEX collection_words_public_idx ON collection_words USING gin (words) WHERE is_public;

DO $do$ BEGIN
    EXECUTE format($f$
        CREATE OR REPLACE FUNCTION collection_words() RETURNS trigger LANGUAGE plpgsql AS $b$
        BEGIN
            INSERT INTO %1$I.collection_words AS stored (id, text, is_public)
                VALUES (NEW.id, NEW.name || ' ' || coalesce(NEW.description, ''), NEW.visibility = 'public')
                ON CONFLICT (id) DO UPDATE SET text = excluded.text, is_public = excluded.is_public,
                    words = CASE WHEN stored.text = excluded.text THEN stored.words END
                WHERE stored.text <> excluded.text OR stored.is_public <> excluded.is_public;
            RETURN NULL;
        END $b$ $f$, current_schema());
END $do$;
DROP TRIGGER words ON collection;
CREATE TRIGGER words AFTER INSERT OR UPDATE OF name, description, visibility ON collection
    FOR EACH ROW EXECUTE FUNCTION collection_words();
