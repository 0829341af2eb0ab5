-- A deletion costs what it deletes. Until now it also updated all items after the deleted ones, to close the gap in their
-- positions: the deletion of a listing that is in 1000 collections updated the items of all of them. Now the gaps are
-- stored with the collection, and the position that is shown leaves them out (docs/decisions/0003-position-and-order-key.md).

-- The positions below the highest one that no item has, ascending.
ALTER TABLE collection ADD COLUMN position_gaps integer[] NOT NULL DEFAULT '{}';

-- The position that is shown: the number of items before an item.
CREATE FUNCTION shown_position(stored integer, gaps integer[]) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN stored - width_bucket(stored, gaps);

-- The inverse function; behind the last item, the next free position.
CREATE FUNCTION stored_position(shown integer, gaps integer[]) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN shown + (SELECT count(*)::integer FROM unnest(gaps) WITH ORDINALITY AS gap (position, number)
                     WHERE position - number < shown);

CREATE FUNCTION find_position_gaps(collection bigint) RETURNS integer[] LANGUAGE sql STABLE
    RETURN ARRAY(SELECT generate_series(previous + 1, position - 1)
                   FROM (SELECT position, lag(position, 1, -1) OVER (ORDER BY position) AS previous
                           FROM collection_item WHERE collection_id = collection) item
                  WHERE position > previous + 1 ORDER BY 1);

-- Items that are appended leave the gaps as they are. When there are more gaps than items, they are closed, so that they
-- do not accumulate: this updates fewer items than were deleted since the last time.
CREATE OR REPLACE FUNCTION touch_collections_of_new_items() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    sparse bigint[];
BEGIN
    UPDATE collection c
       SET item_count = c.item_count + changed.items, row_version = c.row_version + 1, updated_at = clock_timestamp(),
           position_gaps = CASE WHEN changed.first = c.item_count + cardinality(c.position_gaps)
                                 AND changed.last = changed.first + changed.items - 1
                                THEN c.position_gaps ELSE find_position_gaps(c.id) END
      FROM (SELECT collection_id, count(*) AS items, min(position) AS first, max(position) AS last
              FROM new_items GROUP BY collection_id) changed
     WHERE c.id = changed.collection_id;
    sparse := ARRAY(SELECT id FROM collection
                     WHERE id = ANY(ARRAY(SELECT DISTINCT collection_id FROM new_items))
                       AND cardinality(position_gaps) > item_count);
    IF cardinality(sparse) > 0 THEN
        UPDATE collection_item i SET position = shown_position(i.position, c.position_gaps)
          FROM collection c
         WHERE i.collection_id = ANY(sparse) AND c.id = i.collection_id;
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION touch_collections_of_old_items() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- in the order of their ids, so that two deletions of listings cannot wait for each other
    PERFORM 1 FROM collection WHERE id = ANY(ARRAY(SELECT DISTINCT collection_id FROM old_items)) ORDER BY id FOR UPDATE;
    UPDATE collection c
       SET item_count = c.item_count - changed.items, row_version = c.row_version + 1, updated_at = clock_timestamp(),
           position_gaps = ARRAY(
               SELECT gap FROM unnest(c.position_gaps || changed.positions) gap
                WHERE gap < (SELECT max(position) FROM collection_item WHERE collection_id = c.id) ORDER BY gap)
      FROM (SELECT collection_id, count(*) AS items, array_agg(position) AS positions
              FROM old_items GROUP BY collection_id) changed
     WHERE c.id = changed.collection_id;
    RETURN NULL;
END $$;

-- An update can make and close gaps. It does neither if the items have the same positions as before, in another order.
CREATE OR REPLACE FUNCTION touch_collections_of_changed_items() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM collection
      WHERE id = ANY(ARRAY(SELECT collection_id FROM old_items UNION SELECT collection_id FROM new_items))
      ORDER BY id FOR UPDATE;
    UPDATE collection c
       SET item_count = c.item_count + changed.items, row_version = c.row_version + 1, updated_at = clock_timestamp(),
           position_gaps = CASE WHEN changed.others THEN find_position_gaps(c.id) ELSE c.position_gaps END
      FROM (SELECT collection_id, sum(items) AS items, bool_or(items <> 0) AS others
              FROM (SELECT collection_id, position, sum(items) AS items
                      FROM (SELECT collection_id, position, -1 AS items FROM old_items
                             UNION ALL
                            SELECT collection_id, position, 1 FROM new_items) item
                     GROUP BY collection_id, position) place
             GROUP BY collection_id) changed
     WHERE c.id = changed.collection_id;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION touch_collections_without_items() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE collection SET item_count = 0, position_gaps = '{}', row_version = row_version + 1,
                          updated_at = clock_timestamp()
     WHERE item_count > 0;
    RETURN NULL;
END $$;

-- The deletion of a user locks what it is going to delete or change, in the order of the tables and of the ids.
CREATE FUNCTION lock_rows_of_user() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    listings bigint[] := ARRAY(SELECT id FROM listing WHERE owner_id = OLD.id ORDER BY id FOR UPDATE);
    collections bigint[] := ARRAY(SELECT id FROM collection WHERE user_id = OLD.id);
    shares bigint[];
BEGIN
    PERFORM 1 FROM listing_share
      WHERE id = ANY(ARRAY(SELECT id FROM listing_share WHERE listing_id = ANY(listings)
                           UNION SELECT id FROM listing_share WHERE created_by = OLD.id))
      ORDER BY id FOR UPDATE;
    shares := ARRAY(
        SELECT id FROM user_share
         WHERE id = ANY(ARRAY(SELECT id FROM user_share WHERE listing_id = ANY(listings)
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
    RETURN OLD;
END $$;
CREATE TRIGGER lock_rows BEFORE DELETE ON user_account FOR EACH ROW EXECUTE FUNCTION lock_rows_of_user();

-- The functions find the tables of this schema for every search_path of a session. A plan is made for the rows of the
-- first call and kept: a hash join that was right for many rows would read the whole table for one.
DO $$
DECLARE
    function regprocedure;
BEGIN
    FOR function IN SELECT oid FROM pg_proc
                     WHERE pronamespace = current_schema()::regnamespace AND prorettype = 'trigger'::regtype
                       AND proname ~ '^(lock_rows_of_user$|touch_collections_)' LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp', function, current_schema());
        EXECUTE format('ALTER FUNCTION %s SET enable_hashjoin = off', function);
        EXECUTE format('ALTER FUNCTION %s SET enable_mergejoin = off', function);
    END LOOP;
END $$;
