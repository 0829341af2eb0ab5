-- Positions have no gaps: they are 0, 1, 2 and so on among the items that exist now. A deletion closes the gap, also that
-- of a listing.

-- Writers lock the collection first, so that no item can be added between the two statements.
LOCK TABLE collection, collection_item IN SHARE ROW EXCLUSIVE MODE;
UPDATE collection_item i SET position = ranked.position
  FROM (SELECT id, row_number() OVER (PARTITION BY collection_id ORDER BY position) - 1 AS position
          FROM collection_item) ranked
 WHERE i.id = ranked.id AND i.position <> ranked.position;
SET CONSTRAINTS ALL IMMEDIATE;

CREATE OR REPLACE FUNCTION touch_collections_of_old_items() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- in the order of their ids, so that two deletions of listings cannot wait for each other
    PERFORM 1 FROM collection WHERE id IN (SELECT collection_id FROM old_items) ORDER BY id FOR UPDATE;
    UPDATE collection_item i SET position = ranked.position
      FROM (SELECT later.id,
                   first.position - 1 + row_number() OVER (PARTITION BY later.collection_id ORDER BY later.position)
                       AS position
              FROM (SELECT collection_id, min(position) AS position FROM old_items GROUP BY collection_id) first
              JOIN collection_item later
                ON later.collection_id = first.collection_id AND later.position > first.position) ranked
     WHERE i.id = ranked.id;
    UPDATE collection c
       SET item_count = c.item_count - changed.items, row_version = c.row_version + 1, updated_at = clock_timestamp()
      FROM (SELECT collection_id, count(*) AS items FROM old_items GROUP BY collection_id) changed
     WHERE c.id = changed.collection_id;
    RETURN NULL;
END $$;

-- The function finds the tables of this schema for every search_path of a session.
DO $$
BEGIN
    EXECUTE format('ALTER FUNCTION touch_collections_of_old_items() SET search_path = %I, pg_temp', current_schema());
END $$;
