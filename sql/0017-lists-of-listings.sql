-- The lists of listings (docs/decisions/0025-lists-of-listings.md): for each filter an index with each order, so that a
-- page costs what it shows, and tables of what the listing itself does not have: dollars per mark and words.
-- Servers of the previous version read and write both tables, and read a listing as a whole: it gets no columns.

-- The ranges of prices that filters read one by one, each in the order of the list. A round price is a range of its own,
-- so that a filter from or up to it covers whole ranges.
CREATE FUNCTION price_range(price numeric) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN width_bucket(price, ARRAY[1, 25, 25.01, 50, 50.01, 75, 75.01, 100, 100.01, 150, 150.01, 200, 200.01, 250, 250.01,
        300, 300.01, 400, 400.01, 500, 500.01, 600, 600.01, 800, 800.01, 1000, 1000.01, 1500, 1500.01, 2000, 2000.01, 3000,
        3000.01, 5000, 5000.01, 10000]::numeric[]);

-- The filter cpu_id replaces the index of the foreign key, and so on.
DROP INDEX listing_price_usd_desc_idx, listing_score_composite_idx, listing_cpu_id_idx, listing_gpu_id_idx;
CREATE INDEX listing_score_composite_idx ON listing (score_composite, id);
CREATE INDEX listing_status_created_at_idx ON listing (status, created_at, id);
CREATE INDEX listing_status_price_usd_idx ON listing (status, price_usd, id);
CREATE INDEX listing_status_score_composite_idx ON listing (status, score_composite, id);
CREATE INDEX listing_condition_created_at_idx ON listing (condition, created_at, id);
CREATE INDEX listing_condition_price_usd_idx ON listing (condition, price_usd, id);
CREATE INDEX listing_condition_score_composite_idx ON listing (condition, score_composite, id);
CREATE INDEX listing_cpu_id_created_at_idx ON listing (cpu_id, created_at, id);
CREATE INDEX listing_cpu_id_price_usd_idx ON listing (cpu_id, price_usd, id);
CREATE INDEX listing_cpu_id_score_composite_idx ON listing (cpu_id, score_composite, id);
CREATE INDEX listing_gpu_id_created_at_idx ON listing (gpu_id, created_at, id);
CREATE INDEX listing_gpu_id_price_usd_idx ON listing (gpu_id, price_usd, id);
CREATE INDEX listing_gpu_id_score_composite_idx ON listing (gpu_id, score_composite, id);
CREATE INDEX listing_price_range_score_composite_idx ON listing (price_range(price_usd), score_composite, id);

-- The dollars per mark of each listing, null without a price or a mark, with the columns that its lists are filtered by.
-- A table of its own: a mark that 50,000 listings use changes this narrow row of each, and no other index. Status and
-- condition have no index here, because they say little about the dollars. Lists of one CPU are sorted by the price.
CREATE TABLE listing_dollars (
    id                         bigint PRIMARY KEY,
    status                     text NOT NULL,
    condition                  text,
    gpu_id                     bigint,
    price_usd                  numeric(9, 2),
    dollar_per_cpu_mark_multi  double precision,
    dollar_per_cpu_mark_single double precision
);

-- What a listing stores of its CPU and GPU must not be older than these. So a change of a part waits for this
-- transaction, or this one for the change: before the foreign key locks the part (FOR KEY SHARE), because a change of a
-- name would then wait for this transaction, too. The former CPU as well: the change of its mark would find the listing
-- by its former state, wait for it, and store dollars of the wrong CPU.
CREATE FUNCTION lock_parts_of_listing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM cpu WHERE id = ANY(ARRAY[OLD.cpu_id, NEW.cpu_id]) ORDER BY id FOR SHARE;
    PERFORM 1 FROM gpu WHERE id = NEW.gpu_id FOR SHARE;
    RETURN NEW;
END $$;

CREATE FUNCTION store_dollars_of_listing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO listing_dollars AS stored
    SELECT NEW.id, NEW.status, NEW.condition, NEW.gpu_id, NEW.price_usd,
           round(NEW.price_usd / cpu_mark_multi, 6), round(NEW.price_usd / cpu_mark_single, 6)
      FROM (SELECT) listing LEFT JOIN cpu ON cpu.id = NEW.cpu_id
        ON CONFLICT (id) DO UPDATE
       SET status = excluded.status, condition = excluded.condition, gpu_id = excluded.gpu_id,
           price_usd = excluded.price_usd, dollar_per_cpu_mark_multi = excluded.dollar_per_cpu_mark_multi,
           dollar_per_cpu_mark_single = excluded.dollar_per_cpu_mark_single
     WHERE stored IS DISTINCT FROM excluded;
    RETURN NULL;
END $$;

CREATE FUNCTION store_dollars_of_cpu() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE listing_dollars d
       SET dollar_per_cpu_mark_multi = round(d.price_usd / NEW.cpu_mark_multi, 6),
           dollar_per_cpu_mark_single = round(d.price_usd / NEW.cpu_mark_single, 6)
      FROM listing l
     WHERE l.cpu_id = NEW.id AND l.id = d.id AND d.price_usd IS NOT NULL;
    RETURN NULL;
END $$;

LOCK TABLE cpu, gpu, listing IN SHARE ROW EXCLUSIVE MODE;
CREATE TRIGGER lock_parts_insert BEFORE INSERT ON listing FOR EACH ROW EXECUTE FUNCTION lock_parts_of_listing();
CREATE TRIGGER lock_parts_update BEFORE UPDATE ON listing FOR EACH ROW
    WHEN ((OLD.title, OLD.device_model, OLD.manufacturer, OLD.series, OLD.status, OLD.condition, OLD.cpu_id, OLD.gpu_id,
           OLD.price_usd) IS DISTINCT FROM
          (NEW.title, NEW.device_model, NEW.manufacturer, NEW.series, NEW.status, NEW.condition, NEW.cpu_id, NEW.gpu_id,
           NEW.price_usd))
    EXECUTE FUNCTION lock_parts_of_listing();
CREATE TRIGGER dollars_insert AFTER INSERT ON listing FOR EACH ROW EXECUTE FUNCTION store_dollars_of_listing();
CREATE TRIGGER dollars_update AFTER UPDATE ON listing FOR EACH ROW
    WHEN ((OLD.status, OLD.condition, OLD.cpu_id, OLD.gpu_id, OLD.price_usd)
          IS DISTINCT FROM (NEW.status, NEW.condition, NEW.cpu_id, NEW.gpu_id, NEW.price_usd))
    EXECUTE FUNCTION store_dollars_of_listing();
CREATE TRIGGER dollars_update AFTER UPDATE ON cpu FOR EACH ROW
    WHEN ((OLD.cpu_mark_multi, OLD.cpu_mark_single) IS DISTINCT FROM (NEW.cpu_mark_multi, NEW.cpu_mark_single))
    EXECUTE FUNCTION store_dollars_of_cpu();

INSERT INTO listing_dollars
SELECT l.id, l.status, l.condition, l.gpu_id, l.price_usd,
       round(l.price_usd / c.cpu_mark_multi, 6), round(l.price_usd / c.cpu_mark_single, 6)
  FROM listing l LEFT JOIN cpu c ON c.id = l.cpu_id;
ALTER TABLE listing_dollars ADD FOREIGN KEY (id) REFERENCES listing ON DELETE CASCADE;
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

-- The words of a listing: those of its texts, and the names of its CPU and GPU. Partitions, because an index of words
-- finds all that match before the first one is read: the count of a common word needs one or two of them.
-- Facets are the values of the other filters, so that one index finds the listings that match several.
ALTER TABLE listing_words RENAME TO former_listing_words;
ALTER TABLE former_listing_words RENAME CONSTRAINT listing_words_pkey TO former_listing_words_pkey;
CREATE TABLE listing_words (
    id     bigint PRIMARY KEY,
    text   text   NOT NULL,
    facets text[] NOT NULL DEFAULT '{}',
    words  tsvector
) PARTITION BY HASH (id);
DO $$
BEGIN
    FOR remainder IN 0..15 LOOP
        EXECUTE format('CREATE TABLE listing_words_%s PARTITION OF listing_words'
                       ' FOR VALUES WITH (MODULUS 16, REMAINDER %1$s)', remainder);
    END LOOP;
END $$;

-- The listings whose words are those of a former text: the application replaces them. A listing can be in it twice, so
-- that no transaction waits for another one.
CREATE TABLE outdated_words (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    listing_id bigint NOT NULL
);

-- The casts keep it immutable, and so inlined: text || bigint is only stable.
CREATE FUNCTION listing_facets(status text, condition text, cpu_id bigint, gpu_id bigint, price numeric) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN array_remove(ARRAY['status:' || status, 'condition:' || condition, 'cpu:' || cpu_id::text,
                              'gpu:' || gpu_id::text, 'price:' || price_range(price)::text], NULL);

CREATE FUNCTION listing_text(title text, device_model text, manufacturer text, series text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN title || coalesce(' ' || device_model, '') || coalesce(' ' || manufacturer, '') || coalesce(' ' || series, '');

-- The statement of the application has written the words already. Other programs, such as older servers, have not.
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
    VALUES (NEW.id, new_text, listing_facets(NEW.status, NEW.condition, NEW.cpu_id, NEW.gpu_id, NEW.price_usd))
        ON CONFLICT (id) DO UPDATE SET text = excluded.text, facets = excluded.facets
     WHERE stored.text <> excluded.text OR stored.facets <> excluded.facets;
    RETURN NULL;
END $$;

CREATE FUNCTION outdate_words_of_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'cpu' THEN
        INSERT INTO outdated_words (listing_id) SELECT id FROM listing WHERE cpu_id = NEW.id;
    ELSE
        INSERT INTO outdated_words (listing_id) SELECT id FROM listing WHERE gpu_id = NEW.id;
    END IF;
    RETURN NULL;
END $$;

DROP TRIGGER words ON listing;
CREATE TRIGGER words_insert AFTER INSERT ON listing FOR EACH ROW EXECUTE FUNCTION listing_words();
-- Each update: an older server writes the words of the title with each change of a listing.
CREATE TRIGGER words_update AFTER UPDATE ON listing FOR EACH ROW EXECUTE FUNCTION listing_words();
CREATE TRIGGER words_of_listings AFTER UPDATE ON cpu
    FOR EACH ROW WHEN (OLD.name <> NEW.name) EXECUTE FUNCTION outdate_words_of_part();
CREATE TRIGGER words_of_listings AFTER UPDATE ON gpu
    FOR EACH ROW WHEN (OLD.name <> NEW.name) EXECUTE FUNCTION outdate_words_of_part();

INSERT INTO listing_words (id, text, facets, words)
SELECT l.id,
       listing_text(l.title, l.device_model, l.manufacturer, l.series) || coalesce(' ' || c.name, '')
           || coalesce(' ' || g.name, ''),
       listing_facets(l.status, l.condition, l.cpu_id, l.gpu_id, l.price_usd), former.words
  FROM listing l
  JOIN former_listing_words former ON former.id = l.id
  LEFT JOIN cpu c ON c.id = l.cpu_id
  LEFT JOIN gpu g ON g.id = l.gpu_id;
INSERT INTO outdated_words (listing_id) SELECT id FROM listing_words;
DROP TABLE former_listing_words;
ALTER TABLE listing_words ADD FOREIGN KEY (id) REFERENCES listing ON DELETE CASCADE;
CREATE INDEX listing_words_idx ON listing_words USING gin (words, facets);

-- The functions find the tables of this schema for every search_path of a session.
DO $$
DECLARE
    function regprocedure;
BEGIN
    FOR function IN SELECT oid FROM pg_proc
                     WHERE pronamespace = current_schema()::regnamespace AND prorettype = 'trigger'::regtype
                       AND proname IN ('lock_parts_of_listing', 'store_dollars_of_listing', 'store_dollars_of_cpu', 'listing_words',
                                       'outdate_words_of_part') LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp', function, current_schema());
    END LOOP;
END $$;
