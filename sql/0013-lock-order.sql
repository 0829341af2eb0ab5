-- The order of row locks (docs/decisions/0021-lock-order.md). A row is locked before its BEFORE DELETE trigger runs, so
-- the triggers lock next, in the order of the tables and of the ids, what the deletion is going to change.

CREATE FUNCTION lock_rows_of_listing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM listing_share WHERE listing_id = OLD.id ORDER BY id FOR UPDATE;
    PERFORM 1 FROM user_share WHERE listing_id = OLD.id ORDER BY id FOR UPDATE;
    PERFORM 1 FROM collection
      WHERE id = ANY(ARRAY(SELECT collection_id FROM collection_item WHERE listing_id = OLD.id)) ORDER BY id FOR UPDATE;
    PERFORM 1 FROM notification
      WHERE share_id = ANY(ARRAY(SELECT id FROM user_share WHERE listing_id = OLD.id)) ORDER BY id FOR UPDATE;
    RETURN OLD;
END $$;
CREATE TRIGGER lock_rows BEFORE DELETE ON listing FOR EACH ROW EXECUTE FUNCTION lock_rows_of_listing();

CREATE FUNCTION lock_rows_of_user_share() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM notification WHERE share_id = OLD.id ORDER BY id FOR UPDATE;
    RETURN OLD;
END $$;
CREATE TRIGGER lock_rows BEFORE DELETE ON user_share FOR EACH ROW EXECUTE FUNCTION lock_rows_of_user_share();

CREATE FUNCTION lock_rows_of_collection() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM collection_share WHERE collection_id = OLD.id ORDER BY id FOR UPDATE;
    RETURN OLD;
END $$;
CREATE TRIGGER lock_rows BEFORE DELETE ON collection FOR EACH ROW EXECUTE FUNCTION lock_rows_of_collection();

CREATE OR REPLACE FUNCTION close_links_of_private_collection() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM collection_share WHERE collection_id = NEW.id ORDER BY id FOR UPDATE;
    DELETE FROM collection_share WHERE collection_id = NEW.id;
    RETURN NULL;
END $$;

-- The functions find the tables of this schema for every search_path of a session.
DO $$
DECLARE
    function regprocedure;
BEGIN
    FOR function IN SELECT oid FROM pg_proc
                     WHERE pronamespace = current_schema()::regnamespace AND prorettype = 'trigger'::regtype
                       AND proname ~ '^(lock_rows_|close_links_)' LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp', function, current_schema());
    END LOOP;
END $$;
