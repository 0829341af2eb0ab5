-- Collections: the named, ordered sets of listings that a user keeps.

CREATE TABLE collection (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id     bigint      NOT NULL REFERENCES user_account ON DELETE CASCADE,
    name        text        NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    description text        CHECK (length(description) <= 1000),
    visibility  text        NOT NULL DEFAULT 'private' CHECK (visibility IN ('private', 'unlisted', 'public')),
    item_count  integer     NOT NULL DEFAULT 0 CHECK (item_count >= 0),
    row_version bigint      NOT NULL DEFAULT 1,
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX collection_user_id_created_at_idx ON collection (user_id, created_at DESC, id DESC);
CREATE INDEX collection_words_idx ON collection USING gin (words_of(name || ' ' || coalesce(description, '')));

-- position is what people see: 0, 1, 2 ... in their order; an item that goes in between moves those behind it.
-- order_key sorts alike, but no change of another item ever touches it, so that a cursor made of it stays true.
-- row_version moves with what is done to the item itself, not when it makes room for another.
CREATE TABLE collection_item (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    collection_id bigint      NOT NULL REFERENCES collection ON DELETE CASCADE,
    listing_id    bigint      NOT NULL REFERENCES listing ON DELETE CASCADE,
    status        text        NOT NULL DEFAULT 'undecided' CHECK (status IN ('undecided', 'shortlisted', 'rejected', 'bought')),
    notes         text        CHECK (length(notes) <= 500),
    position      integer     NOT NULL CHECK (position >= 0),
    order_key     numeric     NOT NULL,
    row_version   bigint      NOT NULL DEFAULT 1,
    added_at      timestamptz NOT NULL DEFAULT now(),
    updated_at    timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT collection_item_listing_key UNIQUE (collection_id, listing_id),
    -- Deferred, because items change places within one statement or transaction.
    CONSTRAINT collection_item_position_key UNIQUE (collection_id, position) INCLUDE (listing_id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT collection_item_order_key UNIQUE (collection_id, order_key) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX collection_item_listing_id_idx ON collection_item (listing_id);

-- Whatever changes an item, a cascade included, moves the collection's count, version and time; one statement, one touch.
CREATE FUNCTION touch_collections_of_new_items() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE collection c
       SET item_count = c.item_count + changed.items, row_version = c.row_version + 1, updated_at = clock_timestamp()
      FROM (SELECT collection_id, count(*) AS items FROM new_items GROUP BY collection_id) changed
     WHERE c.id = changed.collection_id;
    RETURN NULL;
END $$;

CREATE FUNCTION touch_collections_of_old_items() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- in the order of their ids, so that two deletions of listings cannot wait for each other
    PERFORM 1 FROM collection WHERE id IN (SELECT collection_id FROM old_items) ORDER BY id FOR UPDATE;
    UPDATE collection c
       SET item_count = c.item_count - changed.items, row_version = c.row_version + 1, updated_at = clock_timestamp()
      FROM (SELECT collection_id, count(*) AS items FROM old_items GROUP BY collection_id) changed
     WHERE c.id = changed.collection_id;
    RETURN NULL;
END $$;

CREATE FUNCTION touch_collections_of_changed_items() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE collection SET row_version = row_version + 1, updated_at = clock_timestamp()
     WHERE id IN (SELECT collection_id FROM new_items);
    RETURN NULL;
END $$;

CREATE TRIGGER collection_item_insert AFTER INSERT ON collection_item
    REFERENCING NEW TABLE AS new_items FOR EACH STATEMENT EXECUTE FUNCTION touch_collections_of_new_items();
CREATE TRIGGER collection_item_delete AFTER DELETE ON collection_item
    REFERENCING OLD TABLE AS old_items FOR EACH STATEMENT EXECUTE FUNCTION touch_collections_of_old_items();
CREATE TRIGGER collection_item_update AFTER UPDATE ON collection_item
    REFERENCING NEW TABLE AS new_items FOR EACH STATEMENT EXECUTE FUNCTION touch_collections_of_changed_items();
