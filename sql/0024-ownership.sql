-- Whose a listing is (docs/decisions/0028-ownership.md). Servers of the previous version read and write listings
-- meanwhile: the constraint keeps its name, which they know, and an owner that is null is 0 for them.

LOCK TABLE listing, collection_item, listing_dollars, listing_words;

-- Each user may have a listing of the same offer. The owner is last, so that the index also finds the offers of a file
-- for servers of the previous version. Nulls are distinct: a listing without an owner is no duplicate of another one.
DROP INDEX listing_vendor_item_key;
CREATE UNIQUE INDEX listing_vendor_item_key ON listing (marketplace, vendor_item_id, owner_id)
    WHERE marketplace IS NOT NULL AND vendor_item_id IS NOT NULL;

-- A listing without an owner is one that its owner has deleted while collections of other users contained it.
ALTER TABLE listing ALTER COLUMN owner_id DROP NOT NULL;
CREATE INDEX listing_without_owner_idx ON listing (id) WHERE owner_id IS NULL;

-- The users whose collections contain a listing, except its owner.
CREATE FUNCTION find_holders(listings bigint[], owner bigint) RETURNS TABLE (listing_id bigint, user_id bigint)
    LANGUAGE sql STABLE AS $$
    SELECT DISTINCT i.listing_id, c.user_id
      FROM collection_item i JOIN collection c ON c.id = i.collection_id
     WHERE i.listing_id = ANY(listings) AND c.user_id <> owner;
$$;

-- Locks what the deletion of listings changes, in the order of docs/decisions/0021-lock-order.md, and their holders, so
-- that each of them can be notified. The caller has locked the listings, so no user can become a holder. Collections are
-- locked so that no item is being removed from them: only then it is certain who holds a listing.
CREATE FUNCTION lock_rows_of_listings(listings bigint[], owner bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM user_account
      WHERE id = ANY(ARRAY(SELECT DISTINCT user_id FROM find_holders(listings, owner))) ORDER BY id FOR KEY SHARE;
    PERFORM 1 FROM listing_share WHERE listing_id = ANY(listings) ORDER BY id FOR UPDATE;
    PERFORM 1 FROM user_share WHERE listing_id = ANY(listings) ORDER BY id FOR UPDATE;
    PERFORM 1 FROM collection
      WHERE id = ANY(ARRAY(SELECT DISTINCT collection_id FROM collection_item WHERE listing_id = ANY(listings)))
      ORDER BY id FOR UPDATE;
    PERFORM 1 FROM notification
      WHERE share_id = ANY(ARRAY(SELECT id FROM user_share WHERE listing_id = ANY(listings))) ORDER BY id FOR UPDATE;
END $$;

-- Notifies the holders of listings, each once for each listing.
CREATE FUNCTION notify_holders(listings bigint[], owner bigint, title text, message text) RETURNS void
    LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO notification (user_id, type, title, message)
    SELECT u.id, 'system', notify_holders.title, l.title || E'\n\n' || notify_holders.message
      FROM find_holders(listings, owner) holder
      JOIN user_account u ON u.id = holder.user_id
      JOIN listing l ON l.id = holder.listing_id
     ORDER BY l.id, u.id;
END $$;

-- Takes the owner, and what is the owner's alone, from those listings that other users hold, and notifies these. The
-- caller has locked the rows of all listings.
CREATE FUNCTION release_listings(listings bigint[], owner bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    held bigint[] := ARRAY(SELECT DISTINCT listing_id FROM find_holders(listings, owner));
BEGIN
    IF cardinality(held) = 0 THEN
        RETURN;
    END IF;
    PERFORM notify_holders(held, owner, 'A deal in your collections was deleted by its owner',
        'It stays in your collections, archived, until you remove it.');
    -- the triggers of listings lock them too, but one by one
    PERFORM 1 FROM cpu WHERE id = ANY(ARRAY(SELECT cpu_id FROM listing WHERE id = ANY(held))) ORDER BY id FOR SHARE;
    PERFORM 1 FROM gpu WHERE id = ANY(ARRAY(SELECT gpu_id FROM listing WHERE id = ANY(held))) ORDER BY id FOR SHARE;
    UPDATE listing SET owner_id = NULL, status = 'archived', seller = NULL, notes = NULL, attributes = '{}',
           row_version = row_version + 1, updated_at = clock_timestamp()
     WHERE id = ANY(held);
END $$;

-- Deletes a listing for its owner. Other users who hold it keep it; the owner's links to it and shares of it end. The
-- caller has locked the listing (FOR UPDATE).
CREATE FUNCTION delete_own_listing(deleted bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    owner bigint := (SELECT owner_id FROM listing WHERE id = deleted);
BEGIN
    PERFORM lock_rows_of_listings(ARRAY[deleted], owner);
    PERFORM release_listings(ARRAY[deleted], owner);
    DELETE FROM listing WHERE id = deleted AND owner_id = owner;
    IF NOT FOUND THEN
        DELETE FROM listing_share WHERE listing_id = deleted AND created_by = owner;
        DELETE FROM user_share WHERE listing_id = deleted AND sender_id = owner;
        DELETE FROM collection_item i USING collection c
         WHERE i.listing_id = deleted AND c.id = i.collection_id AND c.user_id = owner;
    END IF;
END $$;

-- Deletes a listing for all users, which only administrators may do, and notifies those who hold it. The caller has
-- locked the listing (FOR UPDATE). No user has the id 0.
CREATE FUNCTION delete_listing_for_all(deleted bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM lock_rows_of_listings(ARRAY[deleted], 0);
    PERFORM notify_holders(ARRAY[deleted], 0, 'A deal in your collections was deleted by an administrator',
        'It is no longer in your collections.');
    DELETE FROM listing WHERE id = deleted;
END $$;

-- Deletes listings without an owner when they are removed from the last collection. They are locked before it is decided,
-- so that of two deletions of the last two items the second one sees the first. Applications lock them before the
-- collection already.
CREATE FUNCTION delete_released_listings() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    released bigint[] := ARRAY(
        SELECT id FROM listing
         WHERE owner_id IS NULL AND id = ANY(ARRAY(SELECT DISTINCT listing_id FROM old_items)) ORDER BY id FOR UPDATE);
BEGIN
    IF cardinality(released) > 0 THEN
        DELETE FROM listing l
         WHERE l.id = ANY(released) AND NOT EXISTS (SELECT FROM collection_item i WHERE i.listing_id = l.id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER delete_released AFTER DELETE ON collection_item
    REFERENCING OLD TABLE AS old_items FOR EACH STATEMENT EXECUTE FUNCTION delete_released_listings();

-- The deletion of a user also locks the listings without an owner that the user's collections may be the last to hold,
-- and the users who hold a listing of this user.
CREATE OR REPLACE FUNCTION lock_rows_of_user() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    collections bigint[] := ARRAY(SELECT id FROM collection WHERE user_id = OLD.id);
    locked bigint[] := ARRAY(
        SELECT id FROM listing
         WHERE id = ANY(ARRAY(SELECT id FROM listing WHERE owner_id = OLD.id
                              UNION
                              SELECT id FROM listing
                               WHERE owner_id IS NULL AND id = ANY(ARRAY(
                                     SELECT listing_id FROM collection_item WHERE collection_id = ANY(collections)))))
         ORDER BY id FOR UPDATE);
    listings bigint[] := ARRAY(SELECT id FROM listing WHERE owner_id = OLD.id);
    shares bigint[];
BEGIN
    -- The release changes the dollars and verdicts of some listings, the cascade deletes those of the others. The parts
    -- are first, as the triggers of listings have it.
    PERFORM 1 FROM cpu WHERE id = ANY(ARRAY(SELECT cpu_id FROM listing WHERE id = ANY(listings))) ORDER BY id FOR SHARE;
    PERFORM 1 FROM gpu WHERE id = ANY(ARRAY(SELECT gpu_id FROM listing WHERE id = ANY(listings))) ORDER BY id FOR SHARE;
    PERFORM 1 FROM listing_dollars WHERE id = ANY(locked) ORDER BY id FOR UPDATE;
    PERFORM 1 FROM listing_verdict WHERE id = ANY(locked) ORDER BY id FOR UPDATE;
    PERFORM 1 FROM user_account
      WHERE id = ANY(ARRAY(SELECT DISTINCT user_id FROM find_holders(listings, OLD.id))) ORDER BY id FOR KEY SHARE;
    PERFORM 1 FROM listing_share
      WHERE id = ANY(ARRAY(SELECT id FROM listing_share WHERE listing_id = ANY(locked)
                           UNION SELECT id FROM listing_share WHERE created_by = OLD.id))
      ORDER BY id FOR UPDATE;
    shares := ARRAY(
        SELECT id FROM user_share
         WHERE id = ANY(ARRAY(SELECT id FROM user_share WHERE listing_id = ANY(locked)
                              UNION SELECT id FROM user_share WHERE sender_id = OLD.id
                              UNION SELECT id FROM user_share WHERE recipient_id = OLD.id))
         ORDER BY id FOR UPDATE);
    PERFORM 1 FROM collection
      WHERE id = ANY(collections || ARRAY(SELECT DISTINCT collection_id FROM collection_item
                                           WHERE listing_id = ANY(listings)))
      ORDER BY id FOR UPDATE;
    PERFORM 1 FROM collection_share WHERE collection_id = ANY(collections) ORDER BY id FOR UPDATE;
    PERFORM 1 FROM notification
      WHERE id = ANY(ARRAY(SELECT id FROM notification WHERE share_id = ANY(shares)
                           UNION SELECT id FROM notification WHERE user_id = OLD.id))
      ORDER BY id FOR UPDATE;
    PERFORM release_listings(listings, OLD.id);
    RETURN OLD;
END $$;

-- The filter owner=me (docs/decisions/0025-lists-of-listings.md): an index with each order, and a facet. The facets are
-- written by the trigger listing_words, too, because servers of the previous version do not know this one.
DROP INDEX listing_owner_id_idx;
CREATE INDEX listing_owner_id_created_at_idx ON listing (owner_id, created_at, id);
CREATE INDEX listing_owner_id_price_usd_idx ON listing (owner_id, price_usd, id);

CREATE FUNCTION listing_facets(owner_id bigint, status text, condition text, cpu_id bigint, gpu_id bigint, price numeric)
    RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN listing_facets(status, condition, cpu_id, gpu_id, price) || array_remove(ARRAY['owner:' || owner_id::text], NULL);

CREATE OR REPLACE FUNCTION listing_words() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    cpu_name text;
    gpu_name text;
    new_text text;
BEGIN
    SELECT name INTO cpu_name FROM cpu WHERE id = NEW.cpu_id;
    SELECT name INTO gpu_name FROM gpu WHERE id = NEW.gpu_id;
    new_text := listing_text(NEW.title, NEW.device_model, NEW.manufacturer, NEW.series)
             || coalesce(' ' || cpu_name, '') || coalesce(' ' || gpu_name, '');
    IF NOT EXISTS (SELECT FROM listing_words WHERE id = NEW.id AND text = new_text AND words IS NOT NULL) THEN
        INSERT INTO outdated_words (listing_id) VALUES (NEW.id);
    END IF;
    INSERT INTO listing_words AS stored (id, text, facets)
    VALUES (NEW.id, new_text,
            listing_facets(NEW.owner_id, NEW.status, NEW.condition, NEW.cpu_id, NEW.gpu_id, NEW.price_usd))
        ON CONFLICT (id) DO UPDATE SET text = excluded.text, facets = excluded.facets
     WHERE stored.text <> excluded.text OR stored.facets <> excluded.facets;
    RETURN NULL;
END $$;

-- Without its index, the update of all rows takes a fraction of the time.
DROP INDEX listing_words_idx;
UPDATE listing_words w SET facets = w.facets || ARRAY['owner:' || l.owner_id::text] FROM listing l WHERE l.id = w.id;
CREATE INDEX listing_words_idx ON listing_words USING gin (words, facets);

DROP INDEX listing_dollars_multi_idx, listing_dollars_single_idx, listing_dollars_gpu_id_multi_idx,
    listing_dollars_gpu_id_single_idx, listing_dollars_price_range_multi_idx, listing_dollars_price_range_single_idx;
ALTER TABLE listing_dollars ADD COLUMN owner_id bigint;
UPDATE listing_dollars d SET owner_id = l.owner_id FROM listing l WHERE l.id = d.id;
CREATE INDEX listing_dollars_multi_idx ON listing_dollars (dollar_per_cpu_mark_multi, id);
CREATE INDEX listing_dollars_single_idx ON listing_dollars (dollar_per_cpu_mark_single, id);
CREATE INDEX listing_dollars_gpu_id_multi_idx ON listing_dollars (gpu_id, dollar_per_cpu_mark_multi, id)
    WHERE gpu_id IS NOT NULL;
CREATE INDEX listing_dollars_gpu_id_single_idx ON listing_dollars (gpu_id, dollar_per_cpu_mark_single, id)
    WHERE gpu_id IS NOT NULL;
CREATE INDEX listing_dollars_price_range_multi_idx
    ON listing_dollars (price_range(price_usd), dollar_per_cpu_mark_multi, id);
CREATE INDEX listing_dollars_price_range_single_idx
    ON listing_dollars (price_range(price_usd), dollar_per_cpu_mark_single, id);
CREATE INDEX listing_dollars_owner_id_multi_idx ON listing_dollars (owner_id, dollar_per_cpu_mark_multi, id);
CREATE INDEX listing_dollars_owner_id_single_idx ON listing_dollars (owner_id, dollar_per_cpu_mark_single, id);

CREATE OR REPLACE FUNCTION store_dollars_of_listing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO listing_dollars AS stored (id, owner_id, status, condition, gpu_id, price_usd,
                                           dollar_per_cpu_mark_multi, dollar_per_cpu_mark_single)
    SELECT NEW.id, NEW.owner_id, NEW.status, NEW.condition, NEW.gpu_id, NEW.price_usd,
           round(NEW.price_usd / cpu_mark_multi, 6), round(NEW.price_usd / cpu_mark_single, 6)
      FROM (SELECT) listing LEFT JOIN cpu ON cpu.id = NEW.cpu_id
        ON CONFLICT (id) DO UPDATE
       SET owner_id = excluded.owner_id, status = excluded.status, condition = excluded.condition,
           gpu_id = excluded.gpu_id, price_usd = excluded.price_usd,
           dollar_per_cpu_mark_multi = excluded.dollar_per_cpu_mark_multi,
           dollar_per_cpu_mark_single = excluded.dollar_per_cpu_mark_single
     WHERE stored IS DISTINCT FROM excluded;
    RETURN NULL;
END $$;
DROP TRIGGER dollars_update ON listing;
CREATE TRIGGER dollars_update AFTER UPDATE ON listing FOR EACH ROW
    WHEN ((OLD.owner_id, OLD.status, OLD.condition, OLD.cpu_id, OLD.gpu_id, OLD.price_usd)
          IS DISTINCT FROM (NEW.owner_id, NEW.status, NEW.condition, NEW.cpu_id, NEW.gpu_id, NEW.price_usd))
    EXECUTE FUNCTION store_dollars_of_listing();

-- The functions find the tables of this schema for every search_path of a session. A plan is made for the rows of the
-- first call and kept: a hash join that was right for many rows would read the whole table for one, and so would a scan
-- that was right for a small table.
DO $$
DECLARE
    function regprocedure;
BEGIN
    FOR function IN SELECT oid FROM pg_proc
                     WHERE pronamespace = current_schema()::regnamespace
                       AND proname IN ('lock_rows_of_listings', 'notify_holders', 'release_listings',
                                       'delete_own_listing', 'delete_listing_for_all', 'delete_released_listings',
                                       'lock_rows_of_user') LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp', function, current_schema());
        EXECUTE format('ALTER FUNCTION %s SET enable_hashjoin = off', function);
        EXECUTE format('ALTER FUNCTION %s SET enable_mergejoin = off', function);
        EXECUTE format('ALTER FUNCTION %s SET enable_seqscan = off', function);
    END LOOP;
    EXECUTE format('ALTER FUNCTION listing_words() SET search_path = %I, pg_temp', current_schema());
    EXECUTE format('ALTER FUNCTION store_dollars_of_listing() SET search_path = %I, pg_temp', current_schema());
END $$;
