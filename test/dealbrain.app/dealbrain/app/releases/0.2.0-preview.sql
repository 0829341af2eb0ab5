SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

CREATE FUNCTION public.close_links_of_private_collection() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM 1 FROM collection_share WHERE collection_id = NEW.id ORDER BY id FOR UPDATE;
    DELETE FROM collection_share WHERE collection_id = NEW.id;
    RETURN NULL;
END $$;

CREATE FUNCTION public.collection_words() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        BEGIN
            INSERT INTO public.collection_words AS stored (id, text, is_public)
                VALUES (NEW.id, NEW.name || ' ' || coalesce(NEW.description, ''), NEW.visibility = 'public')
                ON CONFLICT (id) DO UPDATE SET text = excluded.text, is_public = excluded.is_public,
                    words = CASE WHEN stored.text = excluded.text THEN stored.words END
                WHERE stored.text <> excluded.text OR stored.is_public <> excluded.is_public;
            RETURN NULL;
        END $$;

CREATE FUNCTION public.cpu_names() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        BEGIN
            INSERT INTO public.cpu_names AS stored (id, name) VALUES (NEW.id, coalesce(NEW.name, ''))
                ON CONFLICT (id) DO UPDATE SET name = excluded.name, key = NULL, words = NULL
                 WHERE stored.name <> excluded.name;
            RETURN NULL;
        END $$;

CREATE FUNCTION public.cpu_words() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        BEGIN
            INSERT INTO public.cpu_words AS stored (id, text) VALUES (NEW.id, NEW.name)
                ON CONFLICT (id) DO UPDATE SET text = excluded.text, words = NULL WHERE stored.text <> excluded.text;
            RETURN NULL;
        END $$;

CREATE FUNCTION public.delete_listing_for_all(deleted bigint) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    SET enable_seqscan TO 'off'
    AS $$
BEGIN
    PERFORM lock_rows_of_listings(ARRAY[deleted], 0);
    PERFORM notify_holders(ARRAY[deleted], 0, 'A deal in your collections was deleted by an administrator',
        'It is no longer in your collections.');
    DELETE FROM listing WHERE id = deleted;
END $$;

CREATE FUNCTION public.delete_own_listing(deleted bigint) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    SET enable_seqscan TO 'off'
    AS $$
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

CREATE FUNCTION public.delete_released_listings() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    SET enable_seqscan TO 'off'
    AS $$
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

CREATE FUNCTION public.find_holders(listings bigint[], owner bigint) RETURNS TABLE(listing_id bigint, user_id bigint)
    LANGUAGE sql STABLE
    AS $$
    SELECT DISTINCT i.listing_id, c.user_id
      FROM collection_item i JOIN collection c ON c.id = i.collection_id
     WHERE i.listing_id = ANY(listings) AND c.user_id <> owner;
$$;

CREATE TABLE public.collection_item (
    id bigint NOT NULL,
    collection_id bigint NOT NULL,
    listing_id bigint NOT NULL,
    status text DEFAULT 'undecided'::text NOT NULL,
    notes text,
    "position" integer NOT NULL,
    order_key numeric NOT NULL,
    row_version bigint DEFAULT 1 NOT NULL,
    added_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT collection_item_notes_check CHECK ((length(notes) <= 500)),
    CONSTRAINT collection_item_position_check CHECK (("position" >= 0)),
    CONSTRAINT collection_item_status_check CHECK ((status = ANY (ARRAY['undecided'::text, 'shortlisted'::text, 'rejected'::text, 'bought'::text])))
);

CREATE FUNCTION public.find_position_gaps(collection bigint) RETURNS integer[]
    LANGUAGE sql STABLE
    RETURN ARRAY(SELECT generate_series((item.previous + 1), (item."position" - 1)) AS generate_series FROM (SELECT collection_item."position", lag(collection_item."position", 1, '-1'::integer) OVER (ORDER BY collection_item."position") AS previous FROM public.collection_item WHERE (collection_item.collection_id = find_position_gaps.collection)) item WHERE (item."position" > (item.previous + 1)) ORDER BY (generate_series((item.previous + 1), (item."position" - 1))));

CREATE FUNCTION public.gpu_names() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        BEGIN
            INSERT INTO public.gpu_names AS stored (id, name) VALUES (NEW.id, coalesce(NEW.name, ''))
                ON CONFLICT (id) DO UPDATE SET name = excluded.name, key = NULL, words = NULL
                 WHERE stored.name <> excluded.name;
            RETURN NULL;
        END $$;

CREATE FUNCTION public.gpu_words() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        BEGIN
            INSERT INTO public.gpu_words AS stored (id, text) VALUES (NEW.id, NEW.name)
                ON CONFLICT (id) DO UPDATE SET text = excluded.text, words = NULL WHERE stored.text <> excluded.text;
            RETURN NULL;
        END $$;

CREATE PROCEDURE public.index_part_names(IN part text, IN source text)
    LANGUAGE plpgsql
    AS $_$
DECLARE
    names text := part || '_names';
BEGIN
    EXECUTE format('CREATE TABLE %I (id bigint PRIMARY KEY, name text NOT NULL, key text COLLATE "C", words text[])', names);
    EXECUTE format($f$
        CREATE FUNCTION %1$I() RETURNS trigger LANGUAGE plpgsql AS $b$
        BEGIN
            INSERT INTO %3$I.%1$I AS stored (id, name) VALUES (NEW.id, coalesce(NEW.%2$I, ''))
                ON CONFLICT (id) DO UPDATE SET name = excluded.name, key = NULL, words = NULL
                 WHERE stored.name <> excluded.name;
            RETURN NULL;
        END $b$ $f$, names, source, current_schema());
    EXECUTE format('CREATE TRIGGER names AFTER INSERT OR UPDATE OF %I ON %I FOR EACH ROW EXECUTE FUNCTION %I()',
                   source, part, names);
    EXECUTE format('INSERT INTO %I (id, name) SELECT id, coalesce(%I, '''') FROM %I', names, source, part);
    EXECUTE format('ALTER TABLE %I ADD FOREIGN KEY (id) REFERENCES %I ON DELETE CASCADE', names, part);
    EXECUTE format('CREATE INDEX %I ON %I (key, id)', names || '_key_idx', names);
    -- without a list of pending rows, which each search would read
    EXECUTE format('CREATE INDEX %I ON %I USING gin (words) WITH (fastupdate = off)', names || '_words_idx', names);
    EXECUTE format('CREATE INDEX %I ON %I (id) WHERE key IS NULL', names || '_missing_idx', names);
END $_$;

CREATE PROCEDURE public.index_words(IN name text, IN sources text, IN source text)
    LANGUAGE plpgsql
    AS $_$
DECLARE
    words text := name || '_words';
BEGIN
    EXECUTE format('CREATE TABLE %I (id bigint PRIMARY KEY, text text NOT NULL, words tsvector)', words);
    EXECUTE format($f$
        CREATE FUNCTION %1$I() RETURNS trigger LANGUAGE plpgsql AS $b$
        BEGIN
            INSERT INTO %3$I.%1$I AS stored (id, text) VALUES (NEW.id, %2$s)
                ON CONFLICT (id) DO UPDATE SET text = excluded.text, words = NULL WHERE stored.text <> excluded.text;
            RETURN NULL;
        END $b$ $f$, words, source, current_schema());
    EXECUTE format('CREATE TRIGGER words AFTER INSERT OR UPDATE OF %s ON %I FOR EACH ROW EXECUTE FUNCTION %I()',
                   sources, name, words);
    EXECUTE format('INSERT INTO %I (id, text) SELECT id, %s FROM %I AS new', words, source, name);
    EXECUTE format('ALTER TABLE %I ADD FOREIGN KEY (id) REFERENCES %I ON DELETE CASCADE', words, name);
    EXECUTE format('CREATE INDEX %I ON %I USING gin (words)', name || '_words_idx', words);
    EXECUTE format('CREATE INDEX %I ON %I (id) WHERE words IS NULL', name || '_words_missing_idx', words);
END $_$;

CREATE FUNCTION public.price_range(price numeric) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN width_bucket(price, ARRAY[(1)::numeric, (25)::numeric, 25.01, (50)::numeric, 50.01, (75)::numeric, 75.01, (100)::numeric, 100.01, (150)::numeric, 150.01, (200)::numeric, 200.01, (250)::numeric, 250.01, (300)::numeric, 300.01, (400)::numeric, 400.01, (500)::numeric, 500.01, (600)::numeric, 600.01, (800)::numeric, 800.01, (1000)::numeric, 1000.01, (1500)::numeric, 1500.01, (2000)::numeric, 2000.01, (3000)::numeric, 3000.01, (5000)::numeric, 5000.01, (10000)::numeric]);

CREATE FUNCTION public.listing_facets(status text, condition text, cpu_id bigint, gpu_id bigint, price numeric) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN array_remove(ARRAY[('status:'::text || status), ('condition:'::text || condition), ('cpu:'::text || (cpu_id)::text), ('gpu:'::text || (gpu_id)::text), ('price:'::text || (public.price_range(price))::text)], NULL::text);

CREATE FUNCTION public.listing_facets(owner_id bigint, status text, condition text, cpu_id bigint, gpu_id bigint, price numeric) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (public.listing_facets(status, condition, cpu_id, gpu_id, price) || array_remove(ARRAY[('owner:'::text || (owner_id)::text)], NULL::text));

CREATE FUNCTION public.listing_text(title text, device_model text, manufacturer text, series text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (((title || COALESCE((' '::text || device_model), ''::text)) || COALESCE((' '::text || manufacturer), ''::text)) || COALESCE((' '::text || series), ''::text));

CREATE FUNCTION public.listing_words() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
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

CREATE TABLE public.listing (
    id bigint NOT NULL,
    owner_id bigint,
    title text NOT NULL,
    listing_url text,
    seller text,
    price_usd numeric(9,2),
    price_date timestamp with time zone,
    condition text,
    status text DEFAULT 'active'::text NOT NULL,
    marketplace text,
    vendor_item_id text,
    device_model text,
    manufacturer text,
    series text,
    model_number text,
    form_factor text,
    ram_gb integer,
    primary_storage_gb integer,
    secondary_storage_gb integer,
    thumbnail_url text,
    notes text,
    attributes jsonb DEFAULT '{}'::jsonb NOT NULL,
    adjusted_price_usd numeric(9,2),
    score_composite numeric,
    perf_per_watt numeric,
    cpu_id bigint,
    gpu_id bigint,
    ports_profile_id bigint,
    active_profile_id bigint,
    ruleset_id bigint,
    ram_spec_id bigint,
    primary_storage_profile_id bigint,
    secondary_storage_profile_id bigint,
    row_version bigint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT listing_adjusted_price_usd_check CHECK (((adjusted_price_usd >= (0)::numeric) AND (adjusted_price_usd <= (1000000)::numeric))),
    CONSTRAINT listing_attributes_check CHECK ((jsonb_typeof(attributes) = 'object'::text)),
    CONSTRAINT listing_condition_check CHECK ((condition = ANY (ARRAY['new'::text, 'refurb'::text, 'used'::text]))),
    CONSTRAINT listing_device_model_check CHECK (((length(device_model) >= 1) AND (length(device_model) <= 255))),
    CONSTRAINT listing_form_factor_check CHECK (((length(form_factor) >= 1) AND (length(form_factor) <= 100))),
    CONSTRAINT listing_listing_url_check CHECK (((listing_url ~ '^https?://'::text) AND (length(listing_url) <= 2048))),
    CONSTRAINT listing_manufacturer_check CHECK (((length(manufacturer) >= 1) AND (length(manufacturer) <= 100))),
    CONSTRAINT listing_marketplace_check CHECK (((length(marketplace) >= 1) AND (length(marketplace) <= 100))),
    CONSTRAINT listing_model_number_check CHECK (((length(model_number) >= 1) AND (length(model_number) <= 100))),
    CONSTRAINT listing_notes_check CHECK ((length(notes) <= 5000)),
    CONSTRAINT listing_perf_per_watt_check CHECK (((perf_per_watt >= (0)::numeric) AND (perf_per_watt <= (1000000)::numeric))),
    CONSTRAINT listing_price_usd_check CHECK (((price_usd >= (0)::numeric) AND (price_usd <= (1000000)::numeric))),
    CONSTRAINT listing_primary_storage_gb_check CHECK (((primary_storage_gb >= 0) AND (primary_storage_gb <= 1000000))),
    CONSTRAINT listing_ram_gb_check CHECK (((ram_gb >= 0) AND (ram_gb <= 65536))),
    CONSTRAINT listing_score_composite_check CHECK (((score_composite >= (0)::numeric) AND (score_composite <= (100000)::numeric))),
    CONSTRAINT listing_secondary_storage_gb_check CHECK (((secondary_storage_gb >= 0) AND (secondary_storage_gb <= 1000000))),
    CONSTRAINT listing_seller_check CHECK (((length(seller) >= 1) AND (length(seller) <= 255))),
    CONSTRAINT listing_series_check CHECK (((length(series) >= 1) AND (length(series) <= 100))),
    CONSTRAINT listing_status_check CHECK ((status = ANY (ARRAY['active'::text, 'archived'::text, 'pending'::text]))),
    CONSTRAINT listing_thumbnail_url_check CHECK (((thumbnail_url ~ '^https?://'::text) AND (length(thumbnail_url) <= 2048))),
    CONSTRAINT listing_title_check CHECK (((length(title) >= 1) AND (length(title) <= 255))),
    CONSTRAINT listing_vendor_item_id_check CHECK (((length(vendor_item_id) >= 1) AND (length(vendor_item_id) <= 255)))
);

CREATE FUNCTION public.listings_of_profile(changed bigint[], default_changed boolean) RETURNS bigint[]
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 SELECT ARRAY( SELECT listing.id
            FROM public.listing
           WHERE (listing.active_profile_id = ANY (listings_of_profile.changed))
         UNION ALL
          SELECT listing.id
            FROM public.listing
           WHERE (listings_of_profile.default_changed AND (listing.active_profile_id IS NULL))) AS "array";
END;

CREATE FUNCTION public.listings_of_ruleset(changed bigint[], default_changed boolean) RETURNS bigint[]
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 SELECT ARRAY( SELECT listing.id
            FROM public.listing
           WHERE (listing.ruleset_id = ANY (listings_of_ruleset.changed))
         UNION ALL
          SELECT listing.id
            FROM public.listing
           WHERE (listings_of_ruleset.default_changed AND (listing.ruleset_id IS NULL))) AS "array";
END;

CREATE FUNCTION public.lock_defaults() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('dealbrain defaults'));
    RETURN NEW;
END $$;

CREATE FUNCTION public.lock_parts_of_listing() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM 1 FROM cpu WHERE id = ANY(ARRAY[OLD.cpu_id, NEW.cpu_id]) ORDER BY id FOR SHARE;
    PERFORM 1 FROM gpu WHERE id = NEW.gpu_id FOR SHARE;
    RETURN NEW;
END $$;

CREATE FUNCTION public.lock_parts_of_verdict() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtext('dealbrain defaults')); -- before rulesets and profiles
    IF NEW.ram_spec_id IS NOT NULL THEN
        PERFORM 1 FROM ram_spec WHERE id = NEW.ram_spec_id FOR SHARE;
    END IF;
    IF NEW.primary_storage_profile_id IS NOT NULL OR NEW.secondary_storage_profile_id IS NOT NULL THEN
        PERFORM 1 FROM storage_profile
          WHERE id = ANY(ARRAY[NEW.primary_storage_profile_id, NEW.secondary_storage_profile_id])
          ORDER BY id FOR SHARE;
    END IF;
    IF NEW.ports_profile_id IS NOT NULL THEN
        PERFORM 1 FROM ports_profile WHERE id = NEW.ports_profile_id FOR SHARE;
    END IF;
    IF NEW.ruleset_id IS NOT NULL THEN
        PERFORM 1 FROM ruleset WHERE id = NEW.ruleset_id FOR SHARE;
    END IF;
    IF NEW.active_profile_id IS NOT NULL THEN
        PERFORM 1 FROM scoring_profile WHERE id = NEW.active_profile_id FOR SHARE;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.lock_rows_of_collection() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM 1 FROM collection_share WHERE collection_id = OLD.id ORDER BY id FOR UPDATE;
    RETURN OLD;
END $$;

CREATE FUNCTION public.lock_rows_of_listing() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM 1 FROM listing_share WHERE listing_id = OLD.id ORDER BY id FOR UPDATE;
    PERFORM 1 FROM user_share WHERE listing_id = OLD.id ORDER BY id FOR UPDATE;
    PERFORM 1 FROM collection
      WHERE id = ANY(ARRAY(SELECT collection_id FROM collection_item WHERE listing_id = OLD.id)) ORDER BY id FOR UPDATE;
    PERFORM 1 FROM notification
      WHERE share_id = ANY(ARRAY(SELECT id FROM user_share WHERE listing_id = OLD.id)) ORDER BY id FOR UPDATE;
    RETURN OLD;
END $$;

CREATE FUNCTION public.lock_rows_of_listings(listings bigint[], owner bigint) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    SET enable_seqscan TO 'off'
    AS $$
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

CREATE FUNCTION public.lock_rows_of_user() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    SET enable_seqscan TO 'off'
    AS $$
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

CREATE FUNCTION public.lock_rows_of_user_share() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM 1 FROM notification WHERE share_id = OLD.id ORDER BY id FOR UPDATE;
    RETURN OLD;
END $$;

CREATE FUNCTION public.log_changes(kind text, ids bigint[]) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO change_log (tag)
    SELECT kind || ':' || id FROM unnest(CASE WHEN cardinality(ids) > 100 THEN '{*}' ELSE ids::text[] END) id
        ON CONFLICT DO NOTHING;
END $$;

CREATE FUNCTION public.log_collections_of_changed_items() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM log_changes('collection', ARRAY(
        SELECT collection_id FROM old_items UNION SELECT collection_id FROM new_items LIMIT 101));
    RETURN NULL;
END $$;

CREATE FUNCTION public.log_collections_of_new_items() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM log_changes('collection', ARRAY(SELECT DISTINCT collection_id FROM new_items LIMIT 101));
    RETURN NULL;
END $$;

CREATE FUNCTION public.log_collections_of_old_items() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM log_changes('collection', ARRAY(SELECT DISTINCT collection_id FROM old_items LIMIT 101));
    RETURN NULL;
END $$;

CREATE FUNCTION public.log_deletes() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM log_changes(TG_ARGV[0], ARRAY(SELECT id FROM old_rows LIMIT 101));
    RETURN NULL;
END $$;

CREATE FUNCTION public.log_new_public_collections() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM log_changes('collection', ARRAY(SELECT id FROM new_rows WHERE visibility = 'public' LIMIT 101));
    RETURN NULL;
END $$;

CREATE PROCEDURE public.log_table(IN name text, IN kind text, IN log_updates text DEFAULT 'log_updates'::text)
    LANGUAGE plpgsql
    AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER log_update AFTER UPDATE ON %I'
                   ' REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows'
                   ' FOR EACH STATEMENT EXECUTE FUNCTION %I(%L)', name, log_updates, kind);
    EXECUTE format('CREATE TRIGGER log_delete AFTER DELETE ON %I REFERENCING OLD TABLE AS old_rows'
                   ' FOR EACH STATEMENT EXECUTE FUNCTION log_deletes(%L)', name, kind);
    EXECUTE format('CREATE TRIGGER log_truncate AFTER TRUNCATE ON %I'
                   ' FOR EACH STATEMENT EXECUTE FUNCTION log_truncate(%L)', name, kind);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER log_update, ENABLE ALWAYS TRIGGER log_delete,'
                   ' ENABLE ALWAYS TRIGGER log_truncate', name);
END $$;

CREATE FUNCTION public.log_truncate() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO change_log (tag) VALUES (TG_ARGV[0] || ':*') ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE FUNCTION public.log_updates() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM log_changes(TG_ARGV[0], ARRAY(
        SELECT id FROM old_rows o FULL JOIN new_rows n USING (id)
         WHERE o.id IS NULL OR n.id IS NULL OR o *<> n LIMIT 101));
    RETURN NULL;
END $$;

CREATE FUNCTION public.log_updates_except_views() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM log_changes(TG_ARGV[0], ARRAY(
        SELECT id FROM old_rows o FULL JOIN new_rows n USING (id)
         WHERE o.id IS NULL OR n.id IS NULL
            OR o *<> jsonb_populate_record(n, jsonb_build_object(
                   'view_count', o.view_count, 'crawler_count', o.crawler_count))
         LIMIT 101));
    RETURN NULL;
END $$;

CREATE FUNCTION public.notify_holders(listings bigint[], owner bigint, title text, message text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    SET enable_seqscan TO 'off'
    AS $$
BEGIN
    INSERT INTO notification (user_id, type, title, message)
    SELECT u.id, 'system', notify_holders.title, l.title || E'\n\n' || notify_holders.message
      FROM find_holders(listings, owner) holder
      JOIN user_account u ON u.id = holder.user_id
      JOIN listing l ON l.id = holder.listing_id
     ORDER BY l.id, u.id;
END $$;

CREATE FUNCTION public.outdate_words_of_part() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    IF TG_TABLE_NAME = 'cpu' THEN
        INSERT INTO outdated_words (listing_id) SELECT id FROM listing WHERE cpu_id = NEW.id;
    ELSE
        INSERT INTO outdated_words (listing_id) SELECT id FROM listing WHERE gpu_id = NEW.id;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.ports_profile_names() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        BEGIN
            INSERT INTO public.ports_profile_names AS stored (id, name) VALUES (NEW.id, coalesce(NEW.name, ''))
                ON CONFLICT (id) DO UPDATE SET name = excluded.name, key = NULL, words = NULL
                 WHERE stored.name <> excluded.name;
            RETURN NULL;
        END $$;

CREATE FUNCTION public.ports_profile_words() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        BEGIN
            INSERT INTO public.ports_profile_words AS stored (id, text) VALUES (NEW.id, NEW.name)
                ON CONFLICT (id) DO UPDATE SET text = excluded.text, words = NULL WHERE stored.text <> excluded.text;
            RETURN NULL;
        END $$;

CREATE FUNCTION public.ram_spec_names() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        BEGIN
            INSERT INTO public.ram_spec_names AS stored (id, name) VALUES (NEW.id, coalesce(NEW.label, ''))
                ON CONFLICT (id) DO UPDATE SET name = excluded.name, key = NULL, words = NULL
                 WHERE stored.name <> excluded.name;
            RETURN NULL;
        END $$;

CREATE FUNCTION public.ram_spec_words() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        BEGIN
            INSERT INTO public.ram_spec_words AS stored (id, text) VALUES (NEW.id, coalesce(NEW.label, ''))
                ON CONFLICT (id) DO UPDATE SET text = excluded.text, words = NULL WHERE stored.text <> excluded.text;
            RETURN NULL;
        END $$;

CREATE FUNCTION public.release_listings(listings bigint[], owner bigint) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    SET enable_seqscan TO 'off'
    AS $$
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

CREATE FUNCTION public.ruleset_names() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        BEGIN
            INSERT INTO public.ruleset_names AS stored (id, name) VALUES (NEW.id, coalesce(NEW.name, ''))
                ON CONFLICT (id) DO UPDATE SET name = excluded.name, key = NULL, words = NULL
                 WHERE stored.name <> excluded.name;
            RETURN NULL;
        END $$;

CREATE FUNCTION public.ruleset_words() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        BEGIN
            INSERT INTO public.ruleset_words AS stored (id, text) VALUES (NEW.id, NEW.name)
                ON CONFLICT (id) DO UPDATE SET text = excluded.text, words = NULL WHERE stored.text <> excluded.text;
            RETURN NULL;
        END $$;

CREATE FUNCTION public.scoring_profile_names() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        BEGIN
            INSERT INTO public.scoring_profile_names AS stored (id, name) VALUES (NEW.id, coalesce(NEW.name, ''))
                ON CONFLICT (id) DO UPDATE SET name = excluded.name, key = NULL, words = NULL
                 WHERE stored.name <> excluded.name;
            RETURN NULL;
        END $$;

CREATE FUNCTION public.scoring_profile_words() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        BEGIN
            INSERT INTO public.scoring_profile_words AS stored (id, text) VALUES (NEW.id, NEW.name)
                ON CONFLICT (id) DO UPDATE SET text = excluded.text, words = NULL WHERE stored.text <> excluded.text;
            RETURN NULL;
        END $$;

CREATE FUNCTION public.shown_position(stored integer, gaps integer[]) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (stored - width_bucket(stored, gaps));

CREATE FUNCTION public.storage_profile_names() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        BEGIN
            INSERT INTO public.storage_profile_names AS stored (id, name) VALUES (NEW.id, coalesce(NEW.label, ''))
                ON CONFLICT (id) DO UPDATE SET name = excluded.name, key = NULL, words = NULL
                 WHERE stored.name <> excluded.name;
            RETURN NULL;
        END $$;

CREATE FUNCTION public.storage_profile_words() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        BEGIN
            INSERT INTO public.storage_profile_words AS stored (id, text) VALUES (NEW.id, coalesce(NEW.label, ''))
                ON CONFLICT (id) DO UPDATE SET text = excluded.text, words = NULL WHERE stored.text <> excluded.text;
            RETURN NULL;
        END $$;

CREATE FUNCTION public.store_dollars_of_cpu() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM 1 FROM listing_dollars WHERE id = ANY(ARRAY(SELECT id FROM listing WHERE cpu_id = NEW.id))
      ORDER BY id FOR UPDATE;
    UPDATE listing_dollars d
       SET dollar_per_cpu_mark_multi = round(d.price_usd / NEW.cpu_mark_multi, 6),
           dollar_per_cpu_mark_single = round(d.price_usd / NEW.cpu_mark_single, 6)
      FROM listing l
     WHERE l.cpu_id = NEW.id AND l.id = d.id AND d.price_usd IS NOT NULL;
    RETURN NULL;
END $$;

CREATE FUNCTION public.store_dollars_of_listing() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
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

CREATE FUNCTION public.store_verdicts(ids bigint[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    SET enable_seqscan TO 'off'
    AS $$
BEGIN
    PERFORM 1 FROM listing_verdict WHERE id = ANY(ids) ORDER BY id FOR UPDATE;
    UPDATE listing_verdict stored
       SET (status, condition, owner_id, cpu_id, gpu_id, price_usd, adjusted_price_usd, score_composite, perf_per_watt,
            ruleset_id, profile_id, lines, measures) =
           (v.status, v.condition, v.owner_id, v.cpu_id, v.gpu_id, v.price_usd, v.adjusted_price_usd, v.score_composite,
            v.perf_per_watt, v.ruleset_id, v.profile_id, v.lines, v.measures)
      FROM unnest(ids) AS changed (id)
     CROSS JOIN LATERAL (SELECT l AS listing FROM listing l WHERE l.id = changed.id OFFSET 0) found
     CROSS JOIN LATERAL verdict_of(found.listing) v
     WHERE stored.id = changed.id AND stored *<> v;
END $$;

CREATE FUNCTION public.store_verdicts_of_changed_listings() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
    ids bigint[] := ARRAY(
        SELECT id FROM old_rows o FULL JOIN new_rows n USING (id)
         WHERE o.id IS NOT NULL AND n.id IS NOT NULL
           AND (o.status, o.condition, o.owner_id, o.price_usd, o.ram_gb, o.primary_storage_gb, o.secondary_storage_gb,
                o.attributes, o.cpu_id, o.gpu_id, o.ports_profile_id, o.active_profile_id, o.ruleset_id,
                o.ram_spec_id, o.primary_storage_profile_id, o.secondary_storage_profile_id)
               IS DISTINCT FROM
               (n.status, n.condition, n.owner_id, n.price_usd, n.ram_gb, n.primary_storage_gb, n.secondary_storage_gb,
                n.attributes, n.cpu_id, n.gpu_id, n.ports_profile_id, n.active_profile_id, n.ruleset_id,
                n.ram_spec_id, n.primary_storage_profile_id, n.secondary_storage_profile_id)
            OR o.adjusted_price_usd::text IS DISTINCT FROM n.adjusted_price_usd::text
            OR o.score_composite::text IS DISTINCT FROM n.score_composite::text
            OR o.perf_per_watt::text IS DISTINCT FROM n.perf_per_watt::text); -- as text, so that 1.5 becomes 1.50
BEGIN
    IF cardinality(ids) > 0 THEN
        PERFORM store_verdicts(ids);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.store_verdicts_of_default() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    IF TG_TABLE_NAME = 'ruleset' THEN
        PERFORM store_verdicts(listings_of_ruleset('{}', true));
    ELSE
        PERFORM store_verdicts(listings_of_profile('{}', true));
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.store_verdicts_of_new_listings() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    SET enable_seqscan TO 'off'
    AS $$
BEGIN
    INSERT INTO listing_verdict
    SELECT v.*
      FROM new_rows
     CROSS JOIN LATERAL (SELECT l AS listing FROM listing l WHERE l.id = new_rows.id OFFSET 0) found
     CROSS JOIN LATERAL verdict_of(found.listing) v;
    RETURN NULL;
END $$;

CREATE FUNCTION public.store_verdicts_of_parts() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
    changed bigint[] := ARRAY(
        SELECT id FROM old_rows o FULL JOIN new_rows n USING (id)
         WHERE EXISTS (SELECT FROM unnest(TG_ARGV) AS name
                        WHERE to_jsonb(o) -> name IS DISTINCT FROM to_jsonb(n) -> name));
    ids bigint[];
BEGIN
    IF cardinality(changed) = 0 THEN
        RETURN NULL;
    END IF;
    ids := CASE TG_TABLE_NAME
        WHEN 'cpu' THEN ARRAY(SELECT id FROM listing WHERE cpu_id = ANY(changed))
        WHEN 'gpu' THEN ARRAY(SELECT id FROM listing WHERE gpu_id = ANY(changed))
        WHEN 'ram_spec' THEN ARRAY(SELECT id FROM listing WHERE ram_spec_id = ANY(changed))
        WHEN 'ports_profile' THEN ARRAY(SELECT id FROM listing WHERE ports_profile_id = ANY(changed))
        ELSE ARRAY(SELECT id FROM listing WHERE primary_storage_profile_id = ANY(changed)
                    UNION SELECT id FROM listing WHERE secondary_storage_profile_id = ANY(changed)) END;
    PERFORM store_verdicts(ids);
    RETURN NULL;
END $$;

CREATE FUNCTION public.store_verdicts_of_profiles() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
    changed bigint[];
    default_changed boolean;
BEGIN
    SELECT array_agg(n.id), bool_or(o.is_default OR n.is_default) INTO changed, default_changed
      FROM old_rows o FULL JOIN new_rows n USING (id)
     WHERE (o.weights, o."references", o.is_default) IS DISTINCT FROM (n.weights, n."references", n.is_default);
    IF changed IS NOT NULL THEN
        PERFORM store_verdicts(listings_of_profile(changed, default_changed));
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.store_verdicts_of_rulesets() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
    changed bigint[];
    default_changed boolean;
BEGIN
    SELECT array_agg(n.id), bool_or(o.is_default OR n.is_default) INTO changed, default_changed
      FROM old_rows o FULL JOIN new_rows n USING (id)
     WHERE (o.rules, o.is_active, o.is_default) IS DISTINCT FROM (n.rules, n.is_active, n.is_default);
    IF changed IS NOT NULL THEN
        PERFORM store_verdicts(listings_of_ruleset(changed, default_changed));
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.stored_position(shown integer, gaps integer[]) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (shown + (SELECT (count(*))::integer AS count FROM unnest(stored_position.gaps) WITH ORDINALITY gap("position", number) WHERE ((gap."position" - gap.number) < stored_position.shown)));

CREATE FUNCTION public.touch_collections_of_changed_items() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    AS $$
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

CREATE FUNCTION public.touch_collections_of_new_items() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    AS $$
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

CREATE FUNCTION public.touch_collections_of_old_items() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    AS $$
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

CREATE FUNCTION public.touch_collections_without_items() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    AS $$
BEGIN
    UPDATE collection SET item_count = 0, position_gaps = '{}', row_version = row_version + 1,
                          updated_at = clock_timestamp()
     WHERE item_count > 0;
    RETURN NULL;
END $$;

CREATE TABLE public.cpu (
    id bigint NOT NULL,
    name text NOT NULL,
    manufacturer text,
    socket text,
    cores integer,
    threads integer,
    tdp_w integer,
    igpu_model text,
    cpu_mark_multi integer,
    cpu_mark_single integer,
    igpu_mark integer,
    release_year integer,
    notes text,
    attributes jsonb DEFAULT '{}'::jsonb NOT NULL,
    row_version bigint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT cpu_attributes_check CHECK ((jsonb_typeof(attributes) = 'object'::text)),
    CONSTRAINT cpu_cores_check CHECK (((cores >= 1) AND (cores <= 1024))),
    CONSTRAINT cpu_cpu_mark_multi_check CHECK (((cpu_mark_multi >= 1) AND (cpu_mark_multi <= 10000000))),
    CONSTRAINT cpu_cpu_mark_single_check CHECK (((cpu_mark_single >= 1) AND (cpu_mark_single <= 1000000))),
    CONSTRAINT cpu_igpu_mark_check CHECK (((igpu_mark >= 1) AND (igpu_mark <= 10000000))),
    CONSTRAINT cpu_igpu_model_check CHECK (((length(igpu_model) >= 1) AND (length(igpu_model) <= 255))),
    CONSTRAINT cpu_manufacturer_check CHECK (((length(manufacturer) >= 1) AND (length(manufacturer) <= 100))),
    CONSTRAINT cpu_name_check CHECK (((length(name) >= 1) AND (length(name) <= 255))),
    CONSTRAINT cpu_notes_check CHECK ((length(notes) <= 5000)),
    CONSTRAINT cpu_release_year_check CHECK (((release_year >= 1970) AND (release_year <= 2100))),
    CONSTRAINT cpu_socket_check CHECK (((length(socket) >= 1) AND (length(socket) <= 100))),
    CONSTRAINT cpu_tdp_w_check CHECK (((tdp_w >= 1) AND (tdp_w <= 2000))),
    CONSTRAINT cpu_threads_check CHECK (((threads >= 1) AND (threads <= 2048)))
);

CREATE TABLE public.gpu (
    id bigint NOT NULL,
    name text NOT NULL,
    manufacturer text,
    gpu_mark integer,
    metal_score integer,
    notes text,
    attributes jsonb DEFAULT '{}'::jsonb NOT NULL,
    row_version bigint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT gpu_attributes_check CHECK ((jsonb_typeof(attributes) = 'object'::text)),
    CONSTRAINT gpu_gpu_mark_check CHECK (((gpu_mark >= 1) AND (gpu_mark <= 10000000))),
    CONSTRAINT gpu_manufacturer_check CHECK (((length(manufacturer) >= 1) AND (length(manufacturer) <= 100))),
    CONSTRAINT gpu_metal_score_check CHECK (((metal_score >= 1) AND (metal_score <= 10000000))),
    CONSTRAINT gpu_name_check CHECK (((length(name) >= 1) AND (length(name) <= 255))),
    CONSTRAINT gpu_notes_check CHECK ((length(notes) <= 5000))
);

CREATE TABLE public.listing_verdict (
    id bigint NOT NULL,
    status text NOT NULL,
    condition text,
    owner_id bigint,
    cpu_id bigint,
    gpu_id bigint,
    price_usd numeric(9,2),
    adjusted_price_usd numeric(9,2),
    score_composite numeric,
    perf_per_watt numeric,
    ruleset_id bigint,
    profile_id bigint,
    lines jsonb,
    measures jsonb
);

CREATE TABLE public.ports_profile (
    id bigint NOT NULL,
    name text NOT NULL,
    description text,
    ports jsonb DEFAULT '[]'::jsonb NOT NULL,
    row_version bigint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT ports_profile_description_check CHECK ((length(description) <= 1000)),
    CONSTRAINT ports_profile_name_check CHECK (((length(name) >= 1) AND (length(name) <= 255))),
    CONSTRAINT ports_profile_ports_check CHECK ((jsonb_typeof(ports) = 'array'::text))
);

CREATE TABLE public.ram_spec (
    id bigint NOT NULL,
    label text,
    ddr_generation text NOT NULL,
    speed_mhz integer,
    module_count integer,
    capacity_per_module_gb integer,
    total_capacity_gb integer,
    row_version bigint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT ram_spec_capacity_per_module_gb_check CHECK (((capacity_per_module_gb >= 1) AND (capacity_per_module_gb <= 4096))),
    CONSTRAINT ram_spec_ddr_generation_check CHECK ((ddr_generation = ANY (ARRAY['ddr3'::text, 'ddr4'::text, 'ddr5'::text, 'lpddr4'::text, 'lpddr4x'::text, 'lpddr5'::text, 'lpddr5x'::text, 'hbm2'::text, 'hbm3'::text, 'unknown'::text]))),
    CONSTRAINT ram_spec_label_check CHECK (((length(label) >= 1) AND (length(label) <= 255))),
    CONSTRAINT ram_spec_module_count_check CHECK (((module_count >= 1) AND (module_count <= 64))),
    CONSTRAINT ram_spec_speed_mhz_check CHECK (((speed_mhz >= 1) AND (speed_mhz <= 100000))),
    CONSTRAINT ram_spec_total_capacity_gb_check CHECK (((total_capacity_gb >= 1) AND (total_capacity_gb <= 65536)))
);

CREATE TABLE public.ruleset (
    id bigint NOT NULL,
    name text NOT NULL,
    description text,
    version text DEFAULT '1.0.0'::text NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    row_version bigint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    rules jsonb DEFAULT '[]'::jsonb NOT NULL,
    is_default boolean DEFAULT false NOT NULL,
    CONSTRAINT ruleset_description_check CHECK ((length(description) <= 1000)),
    CONSTRAINT ruleset_name_check CHECK (((length(name) >= 1) AND (length(name) <= 255))),
    CONSTRAINT ruleset_rules_check CHECK ((jsonb_typeof(rules) = 'array'::text)),
    CONSTRAINT ruleset_version_check CHECK (((length(version) >= 1) AND (length(version) <= 50)))
);

CREATE TABLE public.scoring_profile (
    id bigint NOT NULL,
    name text NOT NULL,
    description text,
    weights jsonb DEFAULT '{}'::jsonb NOT NULL,
    is_default boolean DEFAULT false NOT NULL,
    row_version bigint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    "references" jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT scoring_profile_description_check CHECK ((length(description) <= 1000)),
    CONSTRAINT scoring_profile_name_check CHECK (((length(name) >= 1) AND (length(name) <= 255))),
    CONSTRAINT scoring_profile_references_check CHECK ((jsonb_typeof("references") = 'object'::text)),
    CONSTRAINT scoring_profile_weights_check CHECK ((jsonb_typeof(weights) = 'object'::text))
);

CREATE TABLE public.storage_profile (
    id bigint NOT NULL,
    label text,
    medium text NOT NULL,
    interface text,
    form_factor text,
    capacity_gb integer,
    performance_tier text,
    row_version bigint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT storage_profile_capacity_gb_check CHECK (((capacity_gb >= 1) AND (capacity_gb <= 1000000))),
    CONSTRAINT storage_profile_form_factor_check CHECK (((length(form_factor) >= 1) AND (length(form_factor) <= 100))),
    CONSTRAINT storage_profile_interface_check CHECK (((length(interface) >= 1) AND (length(interface) <= 100))),
    CONSTRAINT storage_profile_label_check CHECK (((length(label) >= 1) AND (length(label) <= 255))),
    CONSTRAINT storage_profile_medium_check CHECK ((medium = ANY (ARRAY['nvme'::text, 'sata_ssd'::text, 'hdd'::text, 'hybrid'::text, 'emmc'::text, 'ufs'::text, 'unknown'::text]))),
    CONSTRAINT storage_profile_performance_tier_check CHECK (((length(performance_tier) >= 1) AND (length(performance_tier) <= 100)))
);

CREATE FUNCTION public.verdict_of(l public.listing) RETURNS SETOF public.listing_verdict
    LANGUAGE sql STABLE ROWS 1
    BEGIN ATOMIC
 SELECT (verdict_of.l).id AS id,
     (verdict_of.l).status AS status,
     (verdict_of.l).condition AS condition,
     (verdict_of.l).owner_id AS owner_id,
     (verdict_of.l).cpu_id AS cpu_id,
     (verdict_of.l).gpu_id AS gpu_id,
     (verdict_of.l).price_usd AS price_usd,
         CASE
             WHEN (r.id IS NULL) THEN (verdict_of.l).adjusted_price_usd
             WHEN ((verdict_of.l).price_usd IS NOT NULL) THEN GREATEST(((verdict_of.l).price_usd - valued.total), 0.00)
             ELSE NULL::numeric
         END AS "case",
         CASE
             WHEN (p.id IS NULL) THEN (verdict_of.l).score_composite
             ELSE scored.score
         END AS score,
     known.perf_per_watt,
     r.id,
     p.id,
     valued.lines,
     scored.measures
    FROM ((((((((((( SELECT) listing
      LEFT JOIN public.cpu ON ((cpu.id = (verdict_of.l).cpu_id)))
      LEFT JOIN public.gpu ON ((gpu.id = (verdict_of.l).gpu_id)))
      LEFT JOIN public.ram_spec ram ON ((ram.id = (verdict_of.l).ram_spec_id)))
      LEFT JOIN public.storage_profile main_drive ON ((main_drive.id = (verdict_of.l).primary_storage_profile_id)))
      LEFT JOIN public.storage_profile other_drive ON ((other_drive.id = (verdict_of.l).secondary_storage_profile_id)))
      LEFT JOIN public.ruleset r ON (((r.id = COALESCE((verdict_of.l).ruleset_id, ( SELECT ruleset.id
            FROM public.ruleset
           WHERE ruleset.is_default))) AND r.is_active AND (r.rules <> '[]'::jsonb))))
      LEFT JOIN public.scoring_profile p ON (((p.id = COALESCE((verdict_of.l).active_profile_id, ( SELECT scoring_profile.id
            FROM public.scoring_profile
           WHERE scoring_profile.is_default))) AND (p."references" <> '{}'::jsonb))))
      CROSS JOIN LATERAL ( SELECT COALESCE((verdict_of.l).ram_gb, ram.total_capacity_gb, (ram.module_count * ram.capacity_per_module_gb)) AS ram_gb,
             COALESCE((verdict_of.l).primary_storage_gb, main_drive.capacity_gb) AS main_gb,
             COALESCE((verdict_of.l).secondary_storage_gb, other_drive.capacity_gb) AS other_gb,
             COALESCE(round(((cpu.cpu_mark_multi)::numeric / (cpu.tdp_w)::numeric), 4), (verdict_of.l).perf_per_watt) AS perf_per_watt,
             round(((verdict_of.l).price_usd / (cpu.cpu_mark_multi)::numeric), 6) AS price_per_mark,
                 CASE
                     WHEN ((verdict_of.l).gpu_id IS NULL) THEN cpu.igpu_mark
                     ELSE gpu.gpu_mark
                 END AS gpu_mark) known)
      LEFT JOIN LATERAL ( SELECT COALESCE(sum(a.amount), (0)::numeric) AS total,
             COALESCE(jsonb_agg(jsonb_build_array(rule.component, rule.metric, q.quantity, rule.unit_value_usd, part.factor, a.amount) ORDER BY rule.number), '[]'::jsonb) AS lines
            FROM (((ROWS FROM(jsonb_to_recordset(r.rules) AS (component text, metric text, unit_value_usd numeric, condition_new numeric, condition_refurb numeric, condition_used numeric)) WITH ORDINALITY rule(component, metric, unit_value_usd, condition_new, condition_refurb, condition_used, number)
              CROSS JOIN LATERAL ( SELECT
                         CASE rule.component
                             WHEN 'ram'::text THEN known.ram_gb
                             WHEN 'primary_storage'::text THEN known.main_gb
                             WHEN 'secondary_storage'::text THEN known.other_gb
                             ELSE NULL::integer
                         END AS gb,
                         CASE rule.component
                             WHEN 'cpu'::text THEN cpu.cpu_mark_multi
                             WHEN 'gpu'::text THEN gpu.gpu_mark
                             ELSE NULL::integer
                         END AS marks,
                         CASE rule.component
                             WHEN 'ram'::text THEN COALESCE((known.ram_gb > 0), ((verdict_of.l).ram_spec_id IS NOT NULL))
                             WHEN 'primary_storage'::text THEN COALESCE((known.main_gb > 0), ((verdict_of.l).primary_storage_profile_id IS NOT NULL))
                             WHEN 'secondary_storage'::text THEN COALESCE((known.other_gb > 0), ((verdict_of.l).secondary_storage_profile_id IS NOT NULL))
                             WHEN 'cpu'::text THEN ((verdict_of.l).cpu_id IS NOT NULL)
                             WHEN 'gpu'::text THEN ((verdict_of.l).gpu_id IS NOT NULL)
                             ELSE ((rule.component = ANY (ARRAY['os_license'::text, 'other'::text])) AND
                             CASE jsonb_typeof(((verdict_of.l).attributes -> rule.component))
                                 WHEN 'boolean'::text THEN (((verdict_of.l).attributes -> rule.component) = 'true'::jsonb)
                                 WHEN 'string'::text THEN (btrim(((verdict_of.l).attributes ->> rule.component)) <> ''::text)
                                 ELSE false
                             END)
                         END AS present,
                         CASE (verdict_of.l).condition
                             WHEN 'new'::text THEN rule.condition_new
                             WHEN 'refurb'::text THEN rule.condition_refurb
                             ELSE rule.condition_used
                         END AS factor) part)
              CROSS JOIN LATERAL ( SELECT
                         CASE rule.metric
                             WHEN 'flat'::text THEN (
                             CASE
                                 WHEN part.present THEN 1
                                 ELSE NULL::integer
                             END)::numeric
                             WHEN 'per_gb'::text THEN (part.gb)::numeric
                             WHEN 'per_tb'::text THEN trim_scale(((part.gb)::numeric / (1024)::numeric))
                             WHEN 'per_1000_marks'::text THEN trim_scale(((part.marks)::numeric / (1000)::numeric))
                             ELSE NULL::numeric
                         END AS quantity) q)
              CROSS JOIN LATERAL ( SELECT round(((q.quantity * rule.unit_value_usd) * part.factor), 2) AS amount) a)
           WHERE (q.quantity > (0)::numeric)) valued ON ((r.id IS NOT NULL)))
      LEFT JOIN LATERAL ( SELECT round((sum((m.weight * s.points)) / sum(m.weight)), 1) AS score,
             COALESCE(jsonb_agg(jsonb_build_array(reference.measure, m.value, m.weight, round(s.points, 4))), '[]'::jsonb) AS measures
            FROM ((jsonb_each(p."references") reference(measure, best)
              CROSS JOIN LATERAL ( SELECT ((p.weights ->> reference.measure))::numeric AS weight,
                         CASE jsonb_typeof(reference.best)
                             WHEN 'array'::text THEN ((reference.best ->> 0))::numeric
                             ELSE (reference.best)::numeric
                         END AS full_value,
                         CASE jsonb_typeof(reference.best)
                             WHEN 'array'::text THEN ((reference.best ->> 1))::numeric
                             ELSE (0)::numeric
                         END AS zero_value,
                         CASE reference.measure
                             WHEN 'cpu_mark_multi'::text THEN (cpu.cpu_mark_multi)::numeric
                             WHEN 'cpu_mark_single'::text THEN (cpu.cpu_mark_single)::numeric
                             WHEN 'gpu_mark'::text THEN (known.gpu_mark)::numeric
                             WHEN 'perf_per_watt'::text THEN known.perf_per_watt
                             WHEN 'ram_gb'::text THEN (known.ram_gb)::numeric
                             WHEN 'storage_gb'::text THEN (COALESCE((known.main_gb + known.other_gb), known.main_gb, known.other_gb))::numeric
                             WHEN 'price_per_mark'::text THEN known.price_per_mark
                             WHEN 'ports'::text THEN ( SELECT COALESCE(sum(((port.value ->> 'count'::text))::numeric), (0)::numeric) AS "coalesce"
                                FROM public.ports_profile,
                                 LATERAL jsonb_array_elements(ports_profile.ports) port(value)
                               WHERE (ports_profile.id = (verdict_of.l).ports_profile_id)
                              HAVING ((verdict_of.l).ports_profile_id IS NOT NULL))
                             ELSE NULL::numeric
                         END AS value) m)
              CROSS JOIN LATERAL ( SELECT LEAST(GREATEST((((100)::numeric * (m.value - m.zero_value)) / NULLIF((m.full_value - m.zero_value), (0)::numeric)), (0)::numeric), (100)::numeric) AS points) s)
           WHERE ((m.value IS NOT NULL) AND (m.weight > (0)::numeric))) scored ON ((p.id IS NOT NULL)));
END;

CREATE FUNCTION public.words_of(text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN to_tsvector('simple'::regconfig, translate($1, '/-+@<>&'::text, '       '::text));

CREATE TABLE public.access_token (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    name text,
    scope text NOT NULL,
    token_hash bytea NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone,
    CONSTRAINT access_token_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
    CONSTRAINT access_token_scope_check CHECK ((scope = ANY (ARRAY['read'::text, 'write'::text]))),
    CONSTRAINT access_token_token_hash_check CHECK ((octet_length(token_hash) = 32))
);

ALTER TABLE public.access_token ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.access_token_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.change_checkpoint (
    id bigint NOT NULL,
    "position" pg_snapshot NOT NULL,
    taken_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

ALTER TABLE public.change_checkpoint ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.change_checkpoint_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.change_heartbeat (
    instance uuid NOT NULL,
    generation text NOT NULL,
    beat bigint NOT NULL,
    written_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
)
WITH (fillfactor='10');

CREATE UNLOGGED TABLE public.change_incarnation (
    single_row boolean DEFAULT true NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    settled boolean DEFAULT false NOT NULL,
    CONSTRAINT change_incarnation_single_row_check CHECK (single_row)
);

CREATE TABLE public.change_log (
    xid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    tag text NOT NULL COLLATE pg_catalog."C"
);

CREATE UNLOGGED TABLE public.change_member (
    id uuid NOT NULL,
    name text NOT NULL,
    lease_millis integer NOT NULL,
    seen pg_snapshot NOT NULL,
    beat bigint DEFAULT 0 NOT NULL,
    CONSTRAINT change_member_lease_millis_check CHECK ((lease_millis > 0))
)
WITH (fillfactor='10');

CREATE TABLE public.change_settings (
    single_row boolean DEFAULT true NOT NULL,
    longest_lease_millis integer NOT NULL,
    CONSTRAINT change_settings_longest_lease_millis_check CHECK ((longest_lease_millis >= 0)),
    CONSTRAINT change_settings_single_row_check CHECK (single_row)
);

CREATE TABLE public.collection (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    name text NOT NULL,
    description text,
    visibility text DEFAULT 'private'::text NOT NULL,
    item_count integer DEFAULT 0 NOT NULL,
    row_version bigint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    view_count bigint DEFAULT 0 NOT NULL,
    crawler_count bigint DEFAULT 0 NOT NULL,
    is_default boolean DEFAULT false NOT NULL,
    key_generation integer DEFAULT 0 NOT NULL,
    position_gaps integer[] DEFAULT '{}'::integer[] NOT NULL,
    CONSTRAINT collection_crawler_count_check CHECK ((crawler_count >= 0)),
    CONSTRAINT collection_description_check CHECK ((length(description) <= 1000)),
    CONSTRAINT collection_item_count_check CHECK ((item_count >= 0)),
    CONSTRAINT collection_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100))),
    CONSTRAINT collection_view_count_check CHECK ((view_count >= 0)),
    CONSTRAINT collection_visibility_check CHECK ((visibility = ANY (ARRAY['private'::text, 'unlisted'::text, 'public'::text])))
);

ALTER TABLE public.collection ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.collection_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.collection_item ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.collection_item_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.collection_share (
    id bigint NOT NULL,
    collection_id bigint NOT NULL,
    share_token text NOT NULL,
    view_count bigint DEFAULT 0 NOT NULL,
    crawler_count bigint DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone,
    CONSTRAINT collection_share_crawler_count_check CHECK ((crawler_count >= 0)),
    CONSTRAINT collection_share_share_token_check CHECK ((share_token ~ '^[A-Za-z0-9_-]{64}$'::text)),
    CONSTRAINT collection_share_view_count_check CHECK ((view_count >= 0))
);

ALTER TABLE public.collection_share ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.collection_share_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.collection_words (
    id bigint NOT NULL,
    text text NOT NULL,
    words tsvector,
    is_public boolean DEFAULT false NOT NULL
);

ALTER TABLE public.cpu ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.cpu_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cpu_names (
    id bigint NOT NULL,
    name text NOT NULL,
    key text COLLATE pg_catalog."C",
    words text[]
);

CREATE TABLE public.cpu_words (
    id bigint NOT NULL,
    text text NOT NULL,
    words tsvector
);

CREATE TABLE public.former_order_key (
    item_id bigint NOT NULL,
    collection_id bigint NOT NULL,
    generation integer NOT NULL,
    order_key numeric NOT NULL,
    replaced_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE public.gpu ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.gpu_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.gpu_names (
    id bigint NOT NULL,
    name text NOT NULL,
    key text COLLATE pg_catalog."C",
    words text[]
);

CREATE TABLE public.gpu_words (
    id bigint NOT NULL,
    text text NOT NULL,
    words tsvector
);

CREATE TABLE public.listing_dollars (
    id bigint NOT NULL,
    status text NOT NULL,
    condition text,
    gpu_id bigint,
    price_usd numeric(9,2),
    dollar_per_cpu_mark_multi double precision,
    dollar_per_cpu_mark_single double precision,
    owner_id bigint
);

ALTER TABLE public.listing ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.listing_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.listing_share (
    id bigint NOT NULL,
    listing_id bigint NOT NULL,
    created_by bigint NOT NULL,
    share_token text NOT NULL,
    view_count bigint DEFAULT 0 NOT NULL,
    crawler_count bigint DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone,
    CONSTRAINT listing_share_crawler_count_check CHECK ((crawler_count >= 0)),
    CONSTRAINT listing_share_share_token_check CHECK ((share_token ~ '^[A-Za-z0-9_-]{64}$'::text)),
    CONSTRAINT listing_share_view_count_check CHECK ((view_count >= 0))
);

ALTER TABLE public.listing_share ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.listing_share_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.listing_words (
    id bigint NOT NULL,
    text text NOT NULL,
    facets text[] DEFAULT '{}'::text[] NOT NULL,
    words tsvector
)
PARTITION BY HASH (id);

CREATE TABLE public.listing_words_0 (
    id bigint NOT NULL,
    text text NOT NULL,
    facets text[] DEFAULT '{}'::text[] NOT NULL,
    words tsvector
);

CREATE TABLE public.listing_words_1 (
    id bigint NOT NULL,
    text text NOT NULL,
    facets text[] DEFAULT '{}'::text[] NOT NULL,
    words tsvector
);

CREATE TABLE public.listing_words_10 (
    id bigint NOT NULL,
    text text NOT NULL,
    facets text[] DEFAULT '{}'::text[] NOT NULL,
    words tsvector
);

CREATE TABLE public.listing_words_11 (
    id bigint NOT NULL,
    text text NOT NULL,
    facets text[] DEFAULT '{}'::text[] NOT NULL,
    words tsvector
);

CREATE TABLE public.listing_words_12 (
    id bigint NOT NULL,
    text text NOT NULL,
    facets text[] DEFAULT '{}'::text[] NOT NULL,
    words tsvector
);

CREATE TABLE public.listing_words_13 (
    id bigint NOT NULL,
    text text NOT NULL,
    facets text[] DEFAULT '{}'::text[] NOT NULL,
    words tsvector
);

CREATE TABLE public.listing_words_14 (
    id bigint NOT NULL,
    text text NOT NULL,
    facets text[] DEFAULT '{}'::text[] NOT NULL,
    words tsvector
);

CREATE TABLE public.listing_words_15 (
    id bigint NOT NULL,
    text text NOT NULL,
    facets text[] DEFAULT '{}'::text[] NOT NULL,
    words tsvector
);

CREATE TABLE public.listing_words_2 (
    id bigint NOT NULL,
    text text NOT NULL,
    facets text[] DEFAULT '{}'::text[] NOT NULL,
    words tsvector
);

CREATE TABLE public.listing_words_3 (
    id bigint NOT NULL,
    text text NOT NULL,
    facets text[] DEFAULT '{}'::text[] NOT NULL,
    words tsvector
);

CREATE TABLE public.listing_words_4 (
    id bigint NOT NULL,
    text text NOT NULL,
    facets text[] DEFAULT '{}'::text[] NOT NULL,
    words tsvector
);

CREATE TABLE public.listing_words_5 (
    id bigint NOT NULL,
    text text NOT NULL,
    facets text[] DEFAULT '{}'::text[] NOT NULL,
    words tsvector
);

CREATE TABLE public.listing_words_6 (
    id bigint NOT NULL,
    text text NOT NULL,
    facets text[] DEFAULT '{}'::text[] NOT NULL,
    words tsvector
);

CREATE TABLE public.listing_words_7 (
    id bigint NOT NULL,
    text text NOT NULL,
    facets text[] DEFAULT '{}'::text[] NOT NULL,
    words tsvector
);

CREATE TABLE public.listing_words_8 (
    id bigint NOT NULL,
    text text NOT NULL,
    facets text[] DEFAULT '{}'::text[] NOT NULL,
    words tsvector
);

CREATE TABLE public.listing_words_9 (
    id bigint NOT NULL,
    text text NOT NULL,
    facets text[] DEFAULT '{}'::text[] NOT NULL,
    words tsvector
);

CREATE TABLE public.notification (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    type text NOT NULL,
    title text NOT NULL,
    message text,
    share_id bigint,
    read_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT notification_message_check CHECK ((length(message) <= 1000)),
    CONSTRAINT notification_title_check CHECK (((length(title) >= 1) AND (length(title) <= 500))),
    CONSTRAINT notification_type_check CHECK ((type = ANY (ARRAY['share_received'::text, 'share_imported'::text, 'collection_copied'::text, 'system'::text])))
);

ALTER TABLE public.notification ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.notification_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.outdated_words (
    id bigint NOT NULL,
    listing_id bigint NOT NULL
);

ALTER TABLE public.outdated_words ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.outdated_words_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.ports_profile ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ports_profile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ports_profile_names (
    id bigint NOT NULL,
    name text NOT NULL,
    key text COLLATE pg_catalog."C",
    words text[]
);

CREATE TABLE public.ports_profile_words (
    id bigint NOT NULL,
    text text NOT NULL,
    words tsvector
);

ALTER TABLE public.ram_spec ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ram_spec_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ram_spec_names (
    id bigint NOT NULL,
    name text NOT NULL,
    key text COLLATE pg_catalog."C",
    words text[]
);

CREATE TABLE public.ram_spec_words (
    id bigint NOT NULL,
    text text NOT NULL,
    words tsvector
);

ALTER TABLE public.ruleset ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ruleset_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ruleset_names (
    id bigint NOT NULL,
    name text NOT NULL,
    key text COLLATE pg_catalog."C",
    words text[]
);

CREATE TABLE public.ruleset_words (
    id bigint NOT NULL,
    text text NOT NULL,
    words tsvector
);

CREATE TABLE public.schema_migration (
    version integer NOT NULL,
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE public.scoring_profile ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.scoring_profile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.scoring_profile_names (
    id bigint NOT NULL,
    name text NOT NULL,
    key text COLLATE pg_catalog."C",
    words text[]
);

CREATE TABLE public.scoring_profile_words (
    id bigint NOT NULL,
    text text NOT NULL,
    words tsvector
);

CREATE UNLOGGED TABLE public.sign_in_failure (
    username text NOT NULL,
    address text NOT NULL,
    window_start timestamp with time zone NOT NULL,
    failures integer NOT NULL,
    CONSTRAINT sign_in_failure_failures_check CHECK ((failures >= 0))
);

CREATE TABLE public.starter_catalog (
    only_row boolean DEFAULT true NOT NULL,
    added_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT starter_catalog_only_row_check CHECK (only_row)
);

ALTER TABLE public.storage_profile ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.storage_profile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.storage_profile_names (
    id bigint NOT NULL,
    name text NOT NULL,
    key text COLLATE pg_catalog."C",
    words text[]
);

CREATE TABLE public.storage_profile_words (
    id bigint NOT NULL,
    text text NOT NULL,
    words tsvector
);

CREATE TABLE public.user_account (
    id bigint NOT NULL,
    username text NOT NULL,
    email text,
    display_name text,
    role text DEFAULT 'user'::text NOT NULL,
    password_hash text NOT NULL,
    row_version bigint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT user_account_display_name_check CHECK (((length(display_name) >= 1) AND (length(display_name) <= 100))),
    CONSTRAINT user_account_email_check CHECK (((length(email) >= 3) AND (length(email) <= 254))),
    CONSTRAINT user_account_role_check CHECK ((role = ANY (ARRAY['user'::text, 'admin'::text]))),
    CONSTRAINT user_account_username_check CHECK ((username ~ '^[A-Za-z0-9_.-]{2,64}$'::text))
);

ALTER TABLE public.user_account ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.user_account_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.user_share (
    id bigint NOT NULL,
    sender_id bigint NOT NULL,
    recipient_id bigint NOT NULL,
    listing_id bigint NOT NULL,
    share_token text NOT NULL,
    message text,
    shared_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    viewed_at timestamp with time zone,
    imported_at timestamp with time zone,
    CONSTRAINT user_share_message_check CHECK ((length(message) <= 500)),
    CONSTRAINT user_share_not_with_oneself CHECK ((sender_id <> recipient_id)),
    CONSTRAINT user_share_share_token_check CHECK ((share_token ~ '^[A-Za-z0-9_-]{64}$'::text))
);

ALTER TABLE public.user_share ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.user_share_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.user_share_limit (
    sender_id bigint NOT NULL,
    shared_at timestamp with time zone[] NOT NULL
);

ALTER TABLE ONLY public.listing_words ATTACH PARTITION public.listing_words_0 FOR VALUES WITH (modulus 16, remainder 0);

ALTER TABLE ONLY public.listing_words ATTACH PARTITION public.listing_words_1 FOR VALUES WITH (modulus 16, remainder 1);

ALTER TABLE ONLY public.listing_words ATTACH PARTITION public.listing_words_10 FOR VALUES WITH (modulus 16, remainder 10);

ALTER TABLE ONLY public.listing_words ATTACH PARTITION public.listing_words_11 FOR VALUES WITH (modulus 16, remainder 11);

ALTER TABLE ONLY public.listing_words ATTACH PARTITION public.listing_words_12 FOR VALUES WITH (modulus 16, remainder 12);

ALTER TABLE ONLY public.listing_words ATTACH PARTITION public.listing_words_13 FOR VALUES WITH (modulus 16, remainder 13);

ALTER TABLE ONLY public.listing_words ATTACH PARTITION public.listing_words_14 FOR VALUES WITH (modulus 16, remainder 14);

ALTER TABLE ONLY public.listing_words ATTACH PARTITION public.listing_words_15 FOR VALUES WITH (modulus 16, remainder 15);

ALTER TABLE ONLY public.listing_words ATTACH PARTITION public.listing_words_2 FOR VALUES WITH (modulus 16, remainder 2);

ALTER TABLE ONLY public.listing_words ATTACH PARTITION public.listing_words_3 FOR VALUES WITH (modulus 16, remainder 3);

ALTER TABLE ONLY public.listing_words ATTACH PARTITION public.listing_words_4 FOR VALUES WITH (modulus 16, remainder 4);

ALTER TABLE ONLY public.listing_words ATTACH PARTITION public.listing_words_5 FOR VALUES WITH (modulus 16, remainder 5);

ALTER TABLE ONLY public.listing_words ATTACH PARTITION public.listing_words_6 FOR VALUES WITH (modulus 16, remainder 6);

ALTER TABLE ONLY public.listing_words ATTACH PARTITION public.listing_words_7 FOR VALUES WITH (modulus 16, remainder 7);

ALTER TABLE ONLY public.listing_words ATTACH PARTITION public.listing_words_8 FOR VALUES WITH (modulus 16, remainder 8);

ALTER TABLE ONLY public.listing_words ATTACH PARTITION public.listing_words_9 FOR VALUES WITH (modulus 16, remainder 9);

COPY public.access_token (id, user_id, name, scope, token_hash, created_at, expires_at) FROM stdin;
1	1	setup	write	\\xfed73eada8b312ab86ce2cb3b8ef1e6662c0e47235e75d879ab69a4cab017fb5	2026-11-29 21:17:17.034516+00	\N
2	2	laptop	write	\\x96eab991040231db2b3f4a0b08f6d57e54ae1f8f14684f058205ebdc612ac73b	2026-11-29 21:17:28.418385+00	\N
3	2	reader	read	\\x0fd316f3add0d0bcf2b35e95aae7c16380e02eadd4b252b12f0fba545a68aa32	2026-11-29 21:17:28.82036+00	\N
4	3	\N	write	\\xd5b97cd850efffb2c6599e9607f130a34fc55aea79704c2028aab583baa1adc1	2026-11-29 21:17:29.297091+00	\N
\.

COPY public.change_checkpoint (id, "position", taken_at) FROM stdin;
1	733:733:	2026-11-29 21:16:42.202544+00
\.

COPY public.change_heartbeat (instance, generation, beat, written_at) FROM stdin;
\.

COPY public.change_incarnation (single_row, id, settled) FROM stdin;
t	443b6ea3-2159-47b2-bf59-fb6c8c8f5d45	t
\.

COPY public.change_log (xid, tag) FROM stdin;
853	collection:2
857	collection:1
868	collection:1
870	collection:1
871	collection:1
873	collection:1
875	collection:2
876	collection:4
877	listing:5
885	collection:5
889	listing_share:1
889	listing_share:2
\.

COPY public.change_member (id, name, lease_millis, seen, beat) FROM stdin;
\.

COPY public.change_settings (single_row, longest_lease_millis) FROM stdin;
t	2000
\.

COPY public.collection (id, user_id, name, description, visibility, item_count, row_version, created_at, updated_at, view_count, crawler_count, is_default, key_generation, position_gaps) FROM stdin;
3	3	Bob's own	\N	private	0	1	2026-11-29 21:17:43.180487+00	2026-11-29 21:17:43.180487+00	0	0	f	0	{}
1	2	Home lab	for the rack	unlisted	4	6	2026-11-29 21:17:42.56868+00	2026-11-29 21:17:45.758025+00	0	0	f	0	{3}
2	2	Best deals of January	everybody may copy it	public	2	2	2026-11-29 21:17:42.879743+00	2026-11-29 21:17:45.916044+00	0	0	f	0	{}
4	3	Copy of Ada's	everybody may copy it	private	2	2	2026-11-29 21:17:46.017424+00	2026-11-29 21:17:46.019624+00	0	0	f	0	{}
5	3	My Deals	\N	private	1	2	2026-11-29 21:17:47.433547+00	2026-11-29 21:17:47.517028+00	0	0	t	0	{}
\.

COPY public.collection_item (id, collection_id, listing_id, status, notes, "position", order_key, row_version, added_at, updated_at) FROM stdin;
1	1	1	undecided	\N	0	0	1	2026-11-29 21:17:43.606429+00	2026-11-29 21:17:43.606429+00
5	1	5	shortlisted	a note of ada	4	4	1	2026-11-29 21:17:44.301292+00	2026-11-29 21:17:44.301292+00
2	1	2	shortlisted	second choice	2	1	2	2026-11-29 21:17:43.606429+00	2026-11-29 21:17:44.540208+00
4	1	4	undecided	\N	1	0.5	2	2026-11-29 21:17:43.606429+00	2026-11-29 21:17:44.92609+00
6	2	1	undecided	\N	0	0	1	2026-11-29 21:17:45.91319+00	2026-11-29 21:17:45.91319+00
7	2	2	undecided	\N	1	1	1	2026-11-29 21:17:45.91319+00	2026-11-29 21:17:45.91319+00
8	4	1	undecided	\N	0	0	1	2026-11-29 21:17:46.017424+00	2026-11-29 21:17:46.017424+00
9	4	2	undecided	\N	1	1	1	2026-11-29 21:17:46.017424+00	2026-11-29 21:17:46.017424+00
10	5	1	undecided	For your rack?	0	0	1	2026-11-29 21:17:47.433547+00	2026-11-29 21:17:47.433547+00
\.

COPY public.collection_share (id, collection_id, share_token, view_count, crawler_count, created_at, expires_at) FROM stdin;
1	1	aGMdsxWKdAs8eQnz569-FRPf1txHeNgzNqNFYhhIBvwSW7X22yp0lOfW2qALQBOA	0	0	2026-11-29 21:17:46.484465+00	2027-05-28 21:17:46.484465+00
\.

COPY public.collection_words (id, text, words, is_public) FROM stdin;
1	Home lab for the rack	'for' 'forthe' 'home' 'homelab' 'lab' 'labfor' 'rack' 'the' 'therack'	f
2	Best deals of January everybody may copy it	'best' 'bestdeals' 'copy' 'copyit' 'deals' 'dealsof' 'everybody' 'everybodymay' 'it' 'january' 'januaryeverybody' 'may' 'maycopy' 'of' 'ofjanuary'	t
3	Bob's own 	'bob' 'bobs' 'own' 's' 'sown'	f
4	Copy of Ada's everybody may copy it	'ada' 'adas' 'copy' 'copyit' 'copyof' 'everybody' 'everybodymay' 'it' 'may' 'maycopy' 'of' 'ofada' 's' 'severybody'	f
5	My Deals 	'deals' 'my' 'mydeals'	f
\.

COPY public.cpu (id, name, manufacturer, socket, cores, threads, tdp_w, igpu_model, cpu_mark_multi, cpu_mark_single, igpu_mark, release_year, notes, attributes, row_version, created_at, updated_at) FROM stdin;
1	Intel Core i5-8500T	Intel	LGA1151	6	6	35	UHD 630	7000	2100	1200	2018	a note	{"vpro": true}	1	2026-11-29 21:17:30.521366+00	2026-11-29 21:17:30.521366+00
2	AMD Ryzen 5 PRO 4650GE	AMD	\N	6	12	35	\N	15000	2600	\N	\N	\N	{}	1	2026-11-29 21:17:31.787404+00	2026-11-29 21:17:31.787404+00
\.

COPY public.cpu_names (id, name, key, words) FROM stdin;
1	Intel Core i5-8500T	i58500t	{intel,i5,8500t,inteli5,/}
2	AMD Ryzen 5 PRO 4650GE	ryzen5pro4650ge	{amd,ryzen,5,pro,4650ge,amdryzen,ryzen5,5pro,pro4650ge,/}
\.

COPY public.cpu_words (id, text, words) FROM stdin;
1	Intel Core i5-8500T	'8500t' 'core' 'corei5' 'i5' 'intel' 'intelcore'
2	AMD Ryzen 5 PRO 4650GE	'4650ge' '5' '5pro' 'amd' 'amdryzen' 'pro' 'pro4650ge' 'ryzen' 'ryzen5'
\.

COPY public.former_order_key (item_id, collection_id, generation, order_key, replaced_at) FROM stdin;
\.

COPY public.gpu (id, name, manufacturer, gpu_mark, metal_score, notes, attributes, row_version, created_at, updated_at) FROM stdin;
1	NVIDIA Quadro P620	NVIDIA	3700	\N	\N	{}	1	2026-11-29 21:17:32.468956+00	2026-11-29 21:17:32.468956+00
\.

COPY public.gpu_names (id, name, key, words) FROM stdin;
1	NVIDIA Quadro P620	quadrop620	{nvidia,quadro,p620,nvidiaquadro,quadrop620,/}
\.

COPY public.gpu_words (id, text, words) FROM stdin;
1	NVIDIA Quadro P620	'nvidia' 'nvidiaquadro' 'p620' 'quadro' 'quadrop620'
\.

COPY public.listing (id, owner_id, title, listing_url, seller, price_usd, price_date, condition, status, marketplace, vendor_item_id, device_model, manufacturer, series, model_number, form_factor, ram_gb, primary_storage_gb, secondary_storage_gb, thumbnail_url, notes, attributes, adjusted_price_usd, score_composite, perf_per_watt, cpu_id, gpu_id, ports_profile_id, active_profile_id, ruleset_id, ram_spec_id, primary_storage_profile_id, secondary_storage_profile_id, row_version, created_at, updated_at) FROM stdin;
1	2	Lenovo ThinkCentre M720q, größer	https://example.org/1	office-returns	189.99	2026-01-31 12:00:00+00	refurb	active	ebay	254910028	M720q	Lenovo	ThinkCentre	10T7	Tiny	16	256	1000	https://example.org/1.jpg	ask for the charger	{"wifi": true, "grade": "A"}	\N	\N	\N	1	1	1	2	2	1	1	2	1	2026-11-29 21:17:39.024088+00	2026-11-29 21:17:39.024088+00
2	2	HP EliteDesk 705 G5 — “mini”	\N	\N	149.50	\N	used	active	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	{}	\N	\N	\N	2	\N	\N	\N	\N	1	1	\N	1	2026-11-29 21:17:40.83841+00	2026-11-29 21:17:40.83841+00
3	2	Dell OptiPlex 3060	\N	\N	99.00	\N	\N	pending	kleinanzeigen	4711	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	{}	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	1	2026-11-29 21:17:41.241937+00	2026-11-29 21:17:41.241937+00
4	3	Fujitsu Esprimo Q558	\N	\N	120.00	\N	new	active	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	only for bob	{}	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	1	2026-11-29 21:17:41.858109+00	2026-11-29 21:17:41.858109+00
5	\N	Intel NUC that bob deletes	\N	\N	80.00	\N	\N	archived	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	{}	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	2	2026-11-29 21:17:42.102368+00	2026-11-29 21:17:46.204156+00
\.

COPY public.listing_dollars (id, status, condition, gpu_id, price_usd, dollar_per_cpu_mark_multi, dollar_per_cpu_mark_single, owner_id) FROM stdin;
1	active	refurb	1	189.99	0.027141	0.090471	2
2	active	used	\N	149.50	0.009967	0.0575	2
3	pending	\N	\N	99.00	\N	\N	2
4	active	new	\N	120.00	\N	\N	3
5	archived	\N	\N	80.00	\N	\N	\N
\.

COPY public.listing_share (id, listing_id, created_by, share_token, view_count, crawler_count, created_at, expires_at) FROM stdin;
1	1	2	m3x-lLKO93TwqR9L1I_W3LMhTGeW5w3H6tQuTbaPHJx9BrxcqQgYs4kTrML65qEP	0	0	2026-11-29 21:17:46.323862+00	2100-01-01 00:00:00+00
2	2	2	_joeu4urC_SZJ6Sg1LAwSievtwBfjPD7Uo2wqENp_GIO9Nit8al2LbGhT6k1PNsd	0	0	2026-11-29 21:17:46.415311+00	2100-01-01 00:00:00+00
\.

COPY public.listing_verdict (id, status, condition, owner_id, cpu_id, gpu_id, price_usd, adjusted_price_usd, score_composite, perf_per_watt, ruleset_id, profile_id, lines, measures) FROM stdin;
1	active	refurb	2	1	1	189.99	174.99	40.0	200.0000	2	2	[["ram", "flat", 1, 20, 0.75, 15.00]]	[["perf_per_watt", 200.0000, 1, 40.0000]]
2	active	used	2	2	\N	149.50	116.50	60.0	428.5714	1	1	[["ram", "per_gb", 16, 2.5, 0.6, 24.00], ["primary_storage", "per_tb", 0.25, 60, 0.6, 9.00]]	[["ram_gb", 16, 0.3, 25.0000], ["cpu_mark_multi", 15000, 0.7, 75.0000]]
3	pending	\N	2	\N	\N	99.00	99.00	\N	\N	1	1	[]	[]
4	active	new	3	\N	\N	120.00	120.00	\N	\N	1	1	[]	[]
5	archived	\N	\N	\N	\N	80.00	80.00	\N	\N	1	1	[]	[]
\.

COPY public.listing_words_0 (id, text, facets, words) FROM stdin;
\.

COPY public.listing_words_1 (id, text, facets, words) FROM stdin;
\.

COPY public.listing_words_10 (id, text, facets, words) FROM stdin;
2	HP EliteDesk 705 G5 — “mini” AMD Ryzen 5 PRO 4650GE	{status:active,condition:used,cpu:2,price:9,owner:2}	'4650ge' '5' '5pro' '705' '705g5' 'amd' 'amdryzen' 'elitedesk' 'elitedesk705' 'g5' 'g5mini' 'hp' 'hpelitedesk' 'mini' 'pro' 'pro4650ge' 'ryzen' 'ryzen5'
\.

COPY public.listing_words_11 (id, text, facets, words) FROM stdin;
\.

COPY public.listing_words_12 (id, text, facets, words) FROM stdin;
\.

COPY public.listing_words_13 (id, text, facets, words) FROM stdin;
5	Intel NUC that bob deletes	{status:archived,price:7}	'bob' 'bobdeletes' 'deletes' 'intel' 'intelnuc' 'nuc' 'nucthat' 'that' 'thatbob'
\.

COPY public.listing_words_14 (id, text, facets, words) FROM stdin;
\.

COPY public.listing_words_15 (id, text, facets, words) FROM stdin;
\.

COPY public.listing_words_2 (id, text, facets, words) FROM stdin;
\.

COPY public.listing_words_3 (id, text, facets, words) FROM stdin;
4	Fujitsu Esprimo Q558	{status:active,condition:new,price:9,owner:3}	'esprimo' 'esprimoq558' 'fujitsu' 'fujitsuesprimo' 'q558'
\.

COPY public.listing_words_4 (id, text, facets, words) FROM stdin;
\.

COPY public.listing_words_5 (id, text, facets, words) FROM stdin;
\.

COPY public.listing_words_6 (id, text, facets, words) FROM stdin;
\.

COPY public.listing_words_7 (id, text, facets, words) FROM stdin;
\.

COPY public.listing_words_8 (id, text, facets, words) FROM stdin;
1	Lenovo ThinkCentre M720q, größer M720q Lenovo ThinkCentre Intel Core i5-8500T NVIDIA Quadro P620	{status:active,condition:refurb,cpu:1,gpu:1,price:11,owner:2}	'8500t' 'core' 'corei5' 'grosser' 'grosserm720q' 'i5' 'intel' 'intelcore' 'lenovo' 'lenovothinkcentre' 'm720q' 'm720qgrosser' 'm720qlenovo' 'nvidia' 'nvidiaquadro' 'p620' 'quadro' 'quadrop620' 'thinkcentre' 'thinkcentrem720q'
\.

COPY public.listing_words_9 (id, text, facets, words) FROM stdin;
3	Dell OptiPlex 3060	{status:pending,price:7,owner:2}	'3060' 'dell' 'delloptiplex' 'optiplex' 'optiplex3060'
\.

COPY public.notification (id, user_id, type, title, message, share_id, read_at, created_at) FROM stdin;
1	2	system	A deal in your collections was deleted by its owner	Intel NUC that bob deletes\n\nIt stays in your collections, archived, until you remove it.	\N	\N	2026-11-29 21:17:46.163996+00
2	3	share_received	ada shared a deal with you	Lenovo ThinkCentre M720q, größer\n\nFor your rack?	1	\N	2026-11-29 21:17:46.767339+00
3	3	share_received	ada shared a deal with you	HP EliteDesk 705 G5 — “mini”	2	\N	2026-11-29 21:17:47.346496+00
4	2	share_imported	bob imported a deal that you shared	Lenovo ThinkCentre M720q, größer	1	\N	2026-11-29 21:17:47.433547+00
5	2	share_received	bob shared a deal with you	Fujitsu Esprimo Q558\n\nUnd dieser?	3	\N	2026-11-29 21:17:47.750107+00
\.

COPY public.outdated_words (id, listing_id) FROM stdin;
\.

COPY public.ports_profile (id, name, description, ports, row_version, created_at, updated_at) FROM stdin;
1	Tiny	front and back	[{"type": "usb_a", "count": 6, "spec_notes": "3.1"}, {"type": "displayport", "count": 2, "spec_notes": null}]	1	2026-11-29 21:17:35.16283+00	2026-11-29 21:17:35.16283+00
\.

COPY public.ports_profile_names (id, name, key, words) FROM stdin;
1	Tiny	tiny	{tiny,/}
\.

COPY public.ports_profile_words (id, text, words) FROM stdin;
1	Tiny	'tiny'
\.

COPY public.ram_spec (id, label, ddr_generation, speed_mhz, module_count, capacity_per_module_gb, total_capacity_gb, row_version, created_at, updated_at) FROM stdin;
1	16 GB DDR4-2666	ddr4	2666	2	8	16	1	2026-11-29 21:17:33.346693+00	2026-11-29 21:17:33.346693+00
\.

COPY public.ram_spec_names (id, name, key, words) FROM stdin;
1	16 GB DDR4-2666	16gbddr42666	{16,gb,ddr4,2666,16gb,gbddr4,/}
\.

COPY public.ram_spec_words (id, text, words) FROM stdin;
1	16 GB DDR4-2666	'16' '16gb' '2666' 'ddr4' 'gb' 'gbddr4'
\.

COPY public.ruleset (id, name, description, version, is_active, row_version, created_at, updated_at, rules, is_default) FROM stdin;
1	Used parts	what parts cost	2.0.1	t	1	2026-11-29 21:17:36.974543+00	2026-11-29 21:17:36.974543+00	[{"metric": "per_gb", "component": "ram", "condition_new": 1.0, "condition_used": 0.6, "unit_value_usd": 2.5, "condition_refurb": 0.75}, {"metric": "per_tb", "component": "primary_storage", "condition_new": 1.0, "condition_used": 0.6, "unit_value_usd": 60, "condition_refurb": 1}]	t
2	Memory only	\N	1.0.0	t	1	2026-11-29 21:17:37.547831+00	2026-11-29 21:17:37.547831+00	[{"metric": "flat", "component": "ram", "condition_new": 1.0, "condition_used": 0.6, "unit_value_usd": 20, "condition_refurb": 0.75}]	f
\.

COPY public.ruleset_names (id, name, key, words) FROM stdin;
1	Used parts	usedparts	{used,parts,usedparts,/}
2	Memory only	memoryonly	{memory,only,memoryonly,/}
\.

COPY public.ruleset_words (id, text, words) FROM stdin;
1	Used parts	'parts' 'used' 'usedparts'
2	Memory only	'memory' 'memoryonly' 'only'
\.

COPY public.schema_migration (version, name, checksum, applied_at) FROM stdin;
1	0001-accounts.sql	291eae2b5eac14ccc553a8bb9831fcaa13ddd0a0ddb04c3e2b93d9c7207179a3	2026-11-29 21:16:39.683836+00
2	0002-catalog.sql	7b58586e148a1f589a89dbb6b08c585e16321032ef62c7f1d5766a160721c41b	2026-11-29 21:16:40.50241+00
3	0003-listings.sql	82e5279e4f8bb2fa9a9c775d5a808f2071fde63fb8f3e48d4cfc82a951622cbf	2026-11-29 21:16:40.891748+00
4	0004-collections.sql	b949811885d7910d30123cd7e8fa8fce33d0e10a6c03c6c730dd498508c57fc0	2026-11-29 21:16:41.144837+00
5	0005-notifications.sql	d59ee9a8ed7edccf96ff9d53042deab0274fa38c2ed5c58b5cdc79dbd426ea44	2026-11-29 21:16:41.474934+00
6	0006-public-collections.sql	7331c429ddd6d6e7ae1c408e37c6dcd0d6190dd4f1a358846d440c88cd2e908e	2026-11-29 21:16:41.565503+00
7	0007-shares.sql	cc96ecde492837816d61bb69b8a543b68b9c570c528456179c38bc3ca6dab042	2026-11-29 21:16:41.634376+00
8	0008-changes.sql	4e6fc21af09085130cbf5b183dda79d5331fea8e78c467f223142887bf258aaf	2026-11-29 21:16:41.754735+00
9	0009-change-log.sql	5ae05ff54d8a066c93f6c33c7f576eaef3eb332be5fe73566714590244773bc1	2026-11-29 21:16:42.026632+00
10	0010-names.sql	209b66043545c4d5d82ae4691111ea8aab3638fe771b56dbaab5cd77fd48295f	2026-11-29 21:16:42.316559+00
11	0011-words.sql	e12b5dfbd1fb94730a819b5b32631384bd7d8287df7d510d09113d035079611b	2026-11-29 21:16:42.600382+00
12	0012-web-addresses.sql	3850cbcded640af96f443dc6f95bf94c1ebc0abb491998fe0fad5ee38f32baf1	2026-11-29 21:16:42.885992+00
13	0013-lock-order.sql	ebc5865edf3328e62880844b85282c759e5714ba20c61b57100ec8a3235b5633	2026-11-29 21:16:43.075304+00
14	0014-positions.sql	0b77ae4df69cb2a53cf21cf2c9e786c01741337773ef9b5cc45ae5994d40b9d4	2026-11-29 21:16:43.210318+00
15	0015-former-order-keys.sql	d6fbba293e2bb481eaa748e6c00bc697522b6d601485673e9c53af720f87082c	2026-11-29 21:16:43.392807+00
16	0016-condition.sql	2e1ec1e6307b00e18b5df76b720a2be5bd0d857a62aa16775b618efb9f39e343	2026-11-29 21:16:43.548405+00
17	0017-lists-of-listings.sql	40bf69fff703edc1d92b157e799a67e27458138c89bd2f6fe30fc762fd77407e	2026-11-29 21:16:43.744805+00
18	0018-lists.sql	77c1e968b009e41461f0856e2c6417b1496691b8a794632b4159e679c84d8439	2026-11-29 21:16:44.3206+00
19	0019-standby.sql	f3158ee6360722e40a5166124252585ac3f2c30fa628462c9da0da73c7ed156d	2026-11-29 21:16:44.518359+00
20	0020-position-gaps.sql	642fac9268d274b59a062c2ec56f92f7ff49cb141da4db6b5a0cd1725891c2c1	2026-11-29 21:16:44.606308+00
21	0021-part-names.sql	5cc895d75b9432ac0346e502fc3da13cf898ffc38c7a05548a59e762fc822d18	2026-11-29 21:16:44.82389+00
22	0022-starter-catalog.sql	bb107630b307841fa8ec07523e09b6781c038f8856a4e4eef865902d88578417	2026-11-29 21:16:45.180003+00
23	0023-valuation.sql	3e004541654f9014e446e8b69232f6bacd7cdd8e3c252bc7b2f85caf512db80c	2026-11-29 21:16:45.275892+00
24	0024-ownership.sql	ab7a8fb7c9d9dbddb160efc3aa9cbfb017daa97e2a9b22aa2bf805a918888095	2026-11-29 21:16:45.795998+00
\.

COPY public.scoring_profile (id, name, description, weights, is_default, row_version, created_at, updated_at, "references") FROM stdin;
1	Server	cores first	{"ram_gb": 0.3, "cpu_mark_multi": 0.7}	t	1	2026-11-29 21:17:36.030637+00	2026-11-29 21:17:36.030637+00	{"ram_gb": 64, "cpu_mark_multi": 20000}
2	Quiet	\N	{"perf_per_watt": 1}	f	1	2026-11-29 21:17:36.60243+00	2026-11-29 21:17:36.60243+00	{"perf_per_watt": 500}
\.

COPY public.scoring_profile_names (id, name, key, words) FROM stdin;
1	Server	server	{server,/}
2	Quiet	quiet	{quiet,/}
\.

COPY public.scoring_profile_words (id, text, words) FROM stdin;
1	Server	'server'
2	Quiet	'quiet'
\.

COPY public.sign_in_failure (username, address, window_start, failures) FROM stdin;
ALL	127.0.0.1	2026-11-29 21:17:15.918548+00	0
\.

COPY public.starter_catalog (only_row, added_at) FROM stdin;
\.

COPY public.storage_profile (id, label, medium, interface, form_factor, capacity_gb, performance_tier, row_version, created_at, updated_at) FROM stdin;
1	256 GB NVMe	nvme	PCIe 3.0	M.2 2280	256	mid	1	2026-11-29 21:17:34.229775+00	2026-11-29 21:17:34.229775+00
2	1 TB HDD	hdd	SATA	\N	1000	\N	1	2026-11-29 21:17:34.693195+00	2026-11-29 21:17:34.693195+00
\.

COPY public.storage_profile_names (id, name, key, words) FROM stdin;
1	256 GB NVMe	256gbnvme	{256,gb,nvme,256gb,gbnvme,/}
2	1 TB HDD	1tbhdd	{1,tb,hdd,1tb,tbhdd,/}
\.

COPY public.storage_profile_words (id, text, words) FROM stdin;
1	256 GB NVMe	'256' '256gb' 'gb' 'gbnvme' 'nvme'
2	1 TB HDD	'1' '1tb' 'hdd' 'tb' 'tbhdd'
\.

COPY public.user_account (id, username, email, display_name, role, password_hash, row_version, created_at) FROM stdin;
1	admin	\N	\N	admin	pbkdf2-sha512$1000$QGy4wumc4EMOAv/WcFIJjw$ujpzkjSr9v7Wb70LMWD+wDgSbRt8x4S7ib0q4pjeCfk	1	2026-11-29 21:17:03.370347+00
2	ada	ada@example.org	Ada Größer	user	pbkdf2-sha512$1000$0QDs0qurnKhEMDKGaHz2Ew$Bu61BsAJ7eur8DPJc//mwMwsu9hcjfXR3o3p2CdHotY	1	2026-11-29 21:17:27.435468+00
3	bob	\N	\N	user	pbkdf2-sha512$1000$kzi5Se6YIe7A/gXShUA1cA$xUzCO2IQuUx8O6w+oBWG2mSJDiUVr5wTpjHVtTYGM9k	1	2026-11-29 21:17:28.002586+00
\.

COPY public.user_share (id, sender_id, recipient_id, listing_id, share_token, message, shared_at, expires_at, viewed_at, imported_at) FROM stdin;
2	2	3	2	7Lu39aFRzmT9_X48e3Lscp8CRgMXp6cmYJTnF3XN03GAlkMLiO4H22uMsgUMl_R0	\N	2026-11-29 21:17:47.346496+00	2100-01-01 00:00:00+00	\N	\N
1	2	3	1	4bVVlxJrNla7DSNuj07SVPqHlMtGVRY9fViR_v3mPIk0T_l4kYx9nFsTEAs3DjNp	For your rack?	2026-11-29 21:17:46.767339+00	2100-01-01 00:00:00+00	2026-11-29 21:17:47.433547+00	2026-11-29 21:17:47.433547+00
3	3	2	4	sCW-ZnPD7hQIGk2tguGp1mH0C7I4Dqh4lMCfXw1fR6KgGlHi9-hmbmCiwna2gj2A	Und dieser?	2026-11-29 21:17:47.750107+00	2100-01-01 00:00:00+00	\N	\N
\.

COPY public.user_share_limit (sender_id, shared_at) FROM stdin;
2	{"2026-11-29 21:17:46.776571+00","2026-11-29 21:17:47.350599+00"}
3	{"2026-11-29 21:17:47.776112+00"}
\.

SELECT pg_catalog.setval('public.access_token_id_seq', 4, true);

SELECT pg_catalog.setval('public.change_checkpoint_id_seq', 1, true);

SELECT pg_catalog.setval('public.collection_id_seq', 5, true);

SELECT pg_catalog.setval('public.collection_item_id_seq', 10, true);

SELECT pg_catalog.setval('public.collection_share_id_seq', 1, true);

SELECT pg_catalog.setval('public.cpu_id_seq', 2, true);

SELECT pg_catalog.setval('public.gpu_id_seq', 1, true);

SELECT pg_catalog.setval('public.listing_id_seq', 5, true);

SELECT pg_catalog.setval('public.listing_share_id_seq', 2, true);

SELECT pg_catalog.setval('public.notification_id_seq', 5, true);

SELECT pg_catalog.setval('public.outdated_words_id_seq', 1, false);

SELECT pg_catalog.setval('public.ports_profile_id_seq', 1, true);

SELECT pg_catalog.setval('public.ram_spec_id_seq', 1, true);

SELECT pg_catalog.setval('public.ruleset_id_seq', 2, true);

SELECT pg_catalog.setval('public.scoring_profile_id_seq', 2, true);

SELECT pg_catalog.setval('public.storage_profile_id_seq', 2, true);

SELECT pg_catalog.setval('public.user_account_id_seq', 3, true);

SELECT pg_catalog.setval('public.user_share_id_seq', 3, true);

ALTER TABLE ONLY public.access_token
    ADD CONSTRAINT access_token_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.access_token
    ADD CONSTRAINT access_token_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY public.change_checkpoint
    ADD CONSTRAINT change_checkpoint_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.change_heartbeat
    ADD CONSTRAINT change_heartbeat_pkey PRIMARY KEY (instance);

ALTER TABLE ONLY public.change_incarnation
    ADD CONSTRAINT change_incarnation_pkey PRIMARY KEY (single_row);

ALTER TABLE ONLY public.change_log
    ADD CONSTRAINT change_log_pkey PRIMARY KEY (xid, tag);

ALTER TABLE ONLY public.change_member
    ADD CONSTRAINT change_member_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.change_settings
    ADD CONSTRAINT change_settings_pkey PRIMARY KEY (single_row);

ALTER TABLE ONLY public.collection_item
    ADD CONSTRAINT collection_item_listing_key UNIQUE (collection_id, listing_id);

ALTER TABLE ONLY public.collection_item
    ADD CONSTRAINT collection_item_order_key UNIQUE (collection_id, order_key) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.collection_item
    ADD CONSTRAINT collection_item_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.collection_item
    ADD CONSTRAINT collection_item_position_key UNIQUE (collection_id, "position") INCLUDE (listing_id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.collection
    ADD CONSTRAINT collection_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.collection_share
    ADD CONSTRAINT collection_share_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.collection_share
    ADD CONSTRAINT collection_share_share_token_key UNIQUE (share_token);

ALTER TABLE ONLY public.collection_words
    ADD CONSTRAINT collection_words_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cpu_names
    ADD CONSTRAINT cpu_names_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cpu
    ADD CONSTRAINT cpu_natural_key UNIQUE (name);

ALTER TABLE ONLY public.cpu
    ADD CONSTRAINT cpu_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cpu_words
    ADD CONSTRAINT cpu_words_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.former_order_key
    ADD CONSTRAINT former_order_key_pkey PRIMARY KEY (item_id, generation);

ALTER TABLE ONLY public.gpu_names
    ADD CONSTRAINT gpu_names_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.gpu
    ADD CONSTRAINT gpu_natural_key UNIQUE (name);

ALTER TABLE ONLY public.gpu
    ADD CONSTRAINT gpu_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.gpu_words
    ADD CONSTRAINT gpu_words_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.listing_dollars
    ADD CONSTRAINT listing_dollars_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.listing
    ADD CONSTRAINT listing_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.listing_share
    ADD CONSTRAINT listing_share_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.listing_share
    ADD CONSTRAINT listing_share_share_token_key UNIQUE (share_token);

ALTER TABLE ONLY public.listing_verdict
    ADD CONSTRAINT listing_verdict_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.listing_words
    ADD CONSTRAINT listing_words_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.listing_words_0
    ADD CONSTRAINT listing_words_0_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.listing_words_10
    ADD CONSTRAINT listing_words_10_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.listing_words_11
    ADD CONSTRAINT listing_words_11_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.listing_words_12
    ADD CONSTRAINT listing_words_12_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.listing_words_13
    ADD CONSTRAINT listing_words_13_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.listing_words_14
    ADD CONSTRAINT listing_words_14_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.listing_words_15
    ADD CONSTRAINT listing_words_15_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.listing_words_1
    ADD CONSTRAINT listing_words_1_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.listing_words_2
    ADD CONSTRAINT listing_words_2_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.listing_words_3
    ADD CONSTRAINT listing_words_3_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.listing_words_4
    ADD CONSTRAINT listing_words_4_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.listing_words_5
    ADD CONSTRAINT listing_words_5_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.listing_words_6
    ADD CONSTRAINT listing_words_6_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.listing_words_7
    ADD CONSTRAINT listing_words_7_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.listing_words_8
    ADD CONSTRAINT listing_words_8_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.listing_words_9
    ADD CONSTRAINT listing_words_9_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.notification
    ADD CONSTRAINT notification_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.outdated_words
    ADD CONSTRAINT outdated_words_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ports_profile_names
    ADD CONSTRAINT ports_profile_names_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ports_profile
    ADD CONSTRAINT ports_profile_natural_key UNIQUE (name);

ALTER TABLE ONLY public.ports_profile
    ADD CONSTRAINT ports_profile_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ports_profile_words
    ADD CONSTRAINT ports_profile_words_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ram_spec_names
    ADD CONSTRAINT ram_spec_names_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ram_spec
    ADD CONSTRAINT ram_spec_natural_key UNIQUE NULLS NOT DISTINCT (ddr_generation, speed_mhz, module_count, capacity_per_module_gb, total_capacity_gb);

ALTER TABLE ONLY public.ram_spec
    ADD CONSTRAINT ram_spec_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ram_spec_words
    ADD CONSTRAINT ram_spec_words_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ruleset_names
    ADD CONSTRAINT ruleset_names_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ruleset
    ADD CONSTRAINT ruleset_natural_key UNIQUE (name);

ALTER TABLE ONLY public.ruleset
    ADD CONSTRAINT ruleset_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ruleset_words
    ADD CONSTRAINT ruleset_words_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.schema_migration
    ADD CONSTRAINT schema_migration_pkey PRIMARY KEY (version);

ALTER TABLE ONLY public.scoring_profile_names
    ADD CONSTRAINT scoring_profile_names_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.scoring_profile
    ADD CONSTRAINT scoring_profile_natural_key UNIQUE (name);

ALTER TABLE ONLY public.scoring_profile
    ADD CONSTRAINT scoring_profile_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.scoring_profile_words
    ADD CONSTRAINT scoring_profile_words_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sign_in_failure
    ADD CONSTRAINT sign_in_failure_pkey PRIMARY KEY (username, address);

ALTER TABLE ONLY public.starter_catalog
    ADD CONSTRAINT starter_catalog_pkey PRIMARY KEY (only_row);

ALTER TABLE ONLY public.storage_profile_names
    ADD CONSTRAINT storage_profile_names_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.storage_profile
    ADD CONSTRAINT storage_profile_natural_key UNIQUE NULLS NOT DISTINCT (medium, interface, form_factor, capacity_gb, performance_tier);

ALTER TABLE ONLY public.storage_profile
    ADD CONSTRAINT storage_profile_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.storage_profile_words
    ADD CONSTRAINT storage_profile_words_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.user_account
    ADD CONSTRAINT user_account_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.user_share_limit
    ADD CONSTRAINT user_share_limit_pkey PRIMARY KEY (sender_id);

ALTER TABLE ONLY public.user_share
    ADD CONSTRAINT user_share_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.user_share
    ADD CONSTRAINT user_share_share_token_key UNIQUE (share_token);

CREATE INDEX access_token_expires_at_idx ON public.access_token USING btree (expires_at) WHERE (expires_at IS NOT NULL);

CREATE INDEX access_token_user_id_idx ON public.access_token USING btree (user_id, id);

CREATE INDEX collection_item_added_at_idx ON public.collection_item USING btree (collection_id, added_at DESC, id DESC);

CREATE INDEX collection_item_listing_id_idx ON public.collection_item USING btree (listing_id);

CREATE INDEX collection_item_status_idx ON public.collection_item USING btree (collection_id, status, order_key);

CREATE UNIQUE INDEX collection_one_default_key ON public.collection USING btree (user_id) WHERE is_default;

CREATE INDEX collection_owner_popular_idx ON public.collection USING btree (user_id, view_count DESC, id DESC) WHERE (visibility = 'public'::text);

CREATE INDEX collection_public_popular_idx ON public.collection USING btree (view_count DESC, id DESC) WHERE (visibility = 'public'::text);

CREATE INDEX collection_public_recent_idx ON public.collection USING btree (created_at DESC, id DESC) WHERE (visibility = 'public'::text);

CREATE INDEX collection_share_collection_id_idx ON public.collection_share USING btree (collection_id, id);

CREATE INDEX collection_share_expires_at_idx ON public.collection_share USING btree (expires_at) WHERE (expires_at IS NOT NULL);

CREATE INDEX collection_user_id_created_at_idx ON public.collection USING btree (user_id, created_at DESC, id DESC);

CREATE INDEX collection_visibility_idx ON public.collection USING btree (user_id, visibility, created_at DESC, id DESC);

CREATE INDEX collection_words_idx ON public.collection_words USING gin (words);

CREATE INDEX collection_words_missing_idx ON public.collection_words USING btree (id) WHERE (words IS NULL);

CREATE INDEX collection_words_public_idx ON public.collection_words USING gin (words) WHERE is_public;

CREATE INDEX cpu_names_key_idx ON public.cpu_names USING btree (key, id);

CREATE INDEX cpu_names_missing_idx ON public.cpu_names USING btree (id) WHERE (key IS NULL);

CREATE INDEX cpu_names_words_idx ON public.cpu_names USING gin (words) WITH (fastupdate=off);

CREATE INDEX cpu_words_idx ON public.cpu_words USING gin (words);

CREATE INDEX cpu_words_missing_idx ON public.cpu_words USING btree (id) WHERE (words IS NULL);

CREATE INDEX former_order_key_place_idx ON public.former_order_key USING btree (collection_id, generation, order_key);

CREATE INDEX former_order_key_replaced_at_idx ON public.former_order_key USING btree (replaced_at);

CREATE INDEX gpu_names_key_idx ON public.gpu_names USING btree (key, id);

CREATE INDEX gpu_names_missing_idx ON public.gpu_names USING btree (id) WHERE (key IS NULL);

CREATE INDEX gpu_names_words_idx ON public.gpu_names USING gin (words) WITH (fastupdate=off);

CREATE INDEX gpu_words_idx ON public.gpu_words USING gin (words);

CREATE INDEX gpu_words_missing_idx ON public.gpu_words USING btree (id) WHERE (words IS NULL);

CREATE INDEX listing_active_profile_id_idx ON public.listing USING btree (active_profile_id);

CREATE INDEX listing_condition_created_at_idx ON public.listing USING btree (condition, created_at, id);

CREATE INDEX listing_condition_price_usd_idx ON public.listing USING btree (condition, price_usd, id);

CREATE INDEX listing_cpu_id_created_at_idx ON public.listing USING btree (cpu_id, created_at, id);

CREATE INDEX listing_cpu_id_price_usd_idx ON public.listing USING btree (cpu_id, price_usd, id);

CREATE INDEX listing_created_at_idx ON public.listing USING btree (created_at DESC, id DESC);

CREATE INDEX listing_dollars_gpu_id_multi_idx ON public.listing_dollars USING btree (gpu_id, dollar_per_cpu_mark_multi, id) WHERE (gpu_id IS NOT NULL);

CREATE INDEX listing_dollars_gpu_id_single_idx ON public.listing_dollars USING btree (gpu_id, dollar_per_cpu_mark_single, id) WHERE (gpu_id IS NOT NULL);

CREATE INDEX listing_dollars_multi_idx ON public.listing_dollars USING btree (dollar_per_cpu_mark_multi, id);

CREATE INDEX listing_dollars_owner_id_multi_idx ON public.listing_dollars USING btree (owner_id, dollar_per_cpu_mark_multi, id);

CREATE INDEX listing_dollars_owner_id_single_idx ON public.listing_dollars USING btree (owner_id, dollar_per_cpu_mark_single, id);

CREATE INDEX listing_dollars_price_range_multi_idx ON public.listing_dollars USING btree (public.price_range(price_usd), dollar_per_cpu_mark_multi, id);

CREATE INDEX listing_dollars_price_range_single_idx ON public.listing_dollars USING btree (public.price_range(price_usd), dollar_per_cpu_mark_single, id);

CREATE INDEX listing_dollars_single_idx ON public.listing_dollars USING btree (dollar_per_cpu_mark_single, id);

CREATE INDEX listing_gpu_id_created_at_idx ON public.listing USING btree (gpu_id, created_at, id);

CREATE INDEX listing_gpu_id_price_usd_idx ON public.listing USING btree (gpu_id, price_usd, id);

CREATE INDEX listing_listing_url_idx ON public.listing USING hash (listing_url);

CREATE INDEX listing_owner_id_created_at_idx ON public.listing USING btree (owner_id, created_at, id);

CREATE INDEX listing_owner_id_price_usd_idx ON public.listing USING btree (owner_id, price_usd, id);

CREATE INDEX listing_ports_profile_id_idx ON public.listing USING btree (ports_profile_id);

CREATE INDEX listing_price_usd_idx ON public.listing USING btree (price_usd, id);

CREATE INDEX listing_primary_storage_profile_id_idx ON public.listing USING btree (primary_storage_profile_id);

CREATE INDEX listing_ram_spec_id_idx ON public.listing USING btree (ram_spec_id);

CREATE INDEX listing_ruleset_id_idx ON public.listing USING btree (ruleset_id);

CREATE INDEX listing_secondary_storage_profile_id_idx ON public.listing USING btree (secondary_storage_profile_id);

CREATE INDEX listing_share_created_by_idx ON public.listing_share USING btree (created_by, created_at DESC, id DESC);

CREATE INDEX listing_share_expires_at_idx ON public.listing_share USING btree (expires_at) WHERE (expires_at IS NOT NULL);

CREATE INDEX listing_share_listing_id_idx ON public.listing_share USING btree (listing_id, created_by, created_at DESC, id DESC);

CREATE INDEX listing_status_created_at_idx ON public.listing USING btree (status, created_at, id);

CREATE INDEX listing_status_price_usd_idx ON public.listing USING btree (status, price_usd, id);

CREATE UNIQUE INDEX listing_vendor_item_key ON public.listing USING btree (marketplace, vendor_item_id, owner_id) WHERE ((marketplace IS NOT NULL) AND (vendor_item_id IS NOT NULL));

CREATE INDEX listing_verdict_adjusted_idx ON public.listing_verdict USING btree (adjusted_price_usd, id);

CREATE INDEX listing_verdict_condition_score_idx ON public.listing_verdict USING btree (condition, score_composite, id);

CREATE INDEX listing_verdict_cpu_id_adjusted_idx ON public.listing_verdict USING btree (cpu_id, adjusted_price_usd, id);

CREATE INDEX listing_verdict_cpu_id_score_idx ON public.listing_verdict USING btree (cpu_id, score_composite, id);

CREATE INDEX listing_verdict_gpu_id_adjusted_idx ON public.listing_verdict USING btree (gpu_id, adjusted_price_usd, id);

CREATE INDEX listing_verdict_gpu_id_score_idx ON public.listing_verdict USING btree (gpu_id, score_composite, id);

CREATE INDEX listing_verdict_owner_id_adjusted_idx ON public.listing_verdict USING btree (owner_id, adjusted_price_usd, id);

CREATE INDEX listing_verdict_owner_id_score_idx ON public.listing_verdict USING btree (owner_id, score_composite, id);

CREATE INDEX listing_verdict_price_range_adjusted_idx ON public.listing_verdict USING btree (public.price_range(price_usd), adjusted_price_usd, id);

CREATE INDEX listing_verdict_price_range_score_idx ON public.listing_verdict USING btree (public.price_range(price_usd), score_composite, id);

CREATE INDEX listing_verdict_score_idx ON public.listing_verdict USING btree (score_composite, id);

CREATE INDEX listing_verdict_status_score_idx ON public.listing_verdict USING btree (status, score_composite, id);

CREATE INDEX listing_without_owner_idx ON public.listing USING btree (id) WHERE (owner_id IS NULL);

CREATE INDEX listing_words_idx ON ONLY public.listing_words USING gin (words, facets);

CREATE INDEX listing_words_0_words_facets_idx ON public.listing_words_0 USING gin (words, facets);

CREATE INDEX listing_words_10_words_facets_idx ON public.listing_words_10 USING gin (words, facets);

CREATE INDEX listing_words_11_words_facets_idx ON public.listing_words_11 USING gin (words, facets);

CREATE INDEX listing_words_12_words_facets_idx ON public.listing_words_12 USING gin (words, facets);

CREATE INDEX listing_words_13_words_facets_idx ON public.listing_words_13 USING gin (words, facets);

CREATE INDEX listing_words_14_words_facets_idx ON public.listing_words_14 USING gin (words, facets);

CREATE INDEX listing_words_15_words_facets_idx ON public.listing_words_15 USING gin (words, facets);

CREATE INDEX listing_words_1_words_facets_idx ON public.listing_words_1 USING gin (words, facets);

CREATE INDEX listing_words_2_words_facets_idx ON public.listing_words_2 USING gin (words, facets);

CREATE INDEX listing_words_3_words_facets_idx ON public.listing_words_3 USING gin (words, facets);

CREATE INDEX listing_words_4_words_facets_idx ON public.listing_words_4 USING gin (words, facets);

CREATE INDEX listing_words_5_words_facets_idx ON public.listing_words_5 USING gin (words, facets);

CREATE INDEX listing_words_6_words_facets_idx ON public.listing_words_6 USING gin (words, facets);

CREATE INDEX listing_words_7_words_facets_idx ON public.listing_words_7 USING gin (words, facets);

CREATE INDEX listing_words_8_words_facets_idx ON public.listing_words_8 USING gin (words, facets);

CREATE INDEX listing_words_9_words_facets_idx ON public.listing_words_9 USING gin (words, facets);

CREATE INDEX notification_read_at_idx ON public.notification USING btree (read_at) WHERE (read_at IS NOT NULL);

CREATE INDEX notification_share_id_idx ON public.notification USING btree (share_id) WHERE (share_id IS NOT NULL);

CREATE INDEX notification_type_idx ON public.notification USING btree (user_id, type, created_at DESC, id DESC);

CREATE INDEX notification_unread_idx ON public.notification USING btree (user_id, created_at DESC, id DESC) WHERE (read_at IS NULL);

CREATE INDEX notification_unread_type_idx ON public.notification USING btree (user_id, type, created_at DESC, id DESC) WHERE (read_at IS NULL);

CREATE INDEX notification_user_id_created_at_idx ON public.notification USING btree (user_id, created_at DESC, id DESC);

CREATE INDEX ports_profile_names_key_idx ON public.ports_profile_names USING btree (key, id);

CREATE INDEX ports_profile_names_missing_idx ON public.ports_profile_names USING btree (id) WHERE (key IS NULL);

CREATE INDEX ports_profile_names_words_idx ON public.ports_profile_names USING gin (words) WITH (fastupdate=off);

CREATE INDEX ports_profile_words_idx ON public.ports_profile_words USING gin (words);

CREATE INDEX ports_profile_words_missing_idx ON public.ports_profile_words USING btree (id) WHERE (words IS NULL);

CREATE INDEX ram_spec_names_key_idx ON public.ram_spec_names USING btree (key, id);

CREATE INDEX ram_spec_names_missing_idx ON public.ram_spec_names USING btree (id) WHERE (key IS NULL);

CREATE INDEX ram_spec_names_words_idx ON public.ram_spec_names USING gin (words) WITH (fastupdate=off);

CREATE INDEX ram_spec_words_idx ON public.ram_spec_words USING gin (words);

CREATE INDEX ram_spec_words_missing_idx ON public.ram_spec_words USING btree (id) WHERE (words IS NULL);

CREATE INDEX ruleset_names_key_idx ON public.ruleset_names USING btree (key, id);

CREATE INDEX ruleset_names_missing_idx ON public.ruleset_names USING btree (id) WHERE (key IS NULL);

CREATE INDEX ruleset_names_words_idx ON public.ruleset_names USING gin (words) WITH (fastupdate=off);

CREATE UNIQUE INDEX ruleset_one_default_key ON public.ruleset USING btree (is_default) WHERE is_default;

CREATE INDEX ruleset_words_idx ON public.ruleset_words USING gin (words);

CREATE INDEX ruleset_words_missing_idx ON public.ruleset_words USING btree (id) WHERE (words IS NULL);

CREATE INDEX scoring_profile_names_key_idx ON public.scoring_profile_names USING btree (key, id);

CREATE INDEX scoring_profile_names_missing_idx ON public.scoring_profile_names USING btree (id) WHERE (key IS NULL);

CREATE INDEX scoring_profile_names_words_idx ON public.scoring_profile_names USING gin (words) WITH (fastupdate=off);

CREATE UNIQUE INDEX scoring_profile_one_default_key ON public.scoring_profile USING btree (is_default) WHERE is_default;

CREATE INDEX scoring_profile_words_idx ON public.scoring_profile_words USING gin (words);

CREATE INDEX scoring_profile_words_missing_idx ON public.scoring_profile_words USING btree (id) WHERE (words IS NULL);

CREATE INDEX sign_in_failure_window_start_idx ON public.sign_in_failure USING btree (window_start);

CREATE INDEX storage_profile_names_key_idx ON public.storage_profile_names USING btree (key, id);

CREATE INDEX storage_profile_names_missing_idx ON public.storage_profile_names USING btree (id) WHERE (key IS NULL);

CREATE INDEX storage_profile_names_words_idx ON public.storage_profile_names USING gin (words) WITH (fastupdate=off);

CREATE INDEX storage_profile_words_idx ON public.storage_profile_words USING gin (words);

CREATE INDEX storage_profile_words_missing_idx ON public.storage_profile_words USING btree (id) WHERE (words IS NULL);

CREATE UNIQUE INDEX user_account_email_key ON public.user_account USING btree (lower((email COLLATE "C")));

CREATE UNIQUE INDEX user_account_username_key ON public.user_account USING btree (lower((username COLLATE "C")));

CREATE INDEX user_share_expires_at_idx ON public.user_share USING btree (expires_at);

CREATE INDEX user_share_imported_idx ON public.user_share USING btree (recipient_id, shared_at DESC, id DESC) WHERE (imported_at IS NOT NULL);

CREATE INDEX user_share_listing_id_idx ON public.user_share USING btree (listing_id);

CREATE INDEX user_share_recipient_expiry_idx ON public.user_share USING btree (recipient_id, expires_at);

CREATE INDEX user_share_recipient_id_idx ON public.user_share USING btree (recipient_id, shared_at DESC, id DESC);

CREATE INDEX user_share_sender_id_idx ON public.user_share USING btree (sender_id, shared_at DESC, id DESC);

CREATE INDEX user_share_unviewed_idx ON public.user_share USING btree (recipient_id, shared_at DESC, id DESC) WHERE (viewed_at IS NULL);

ALTER INDEX public.listing_words_pkey ATTACH PARTITION public.listing_words_0_pkey;

ALTER INDEX public.listing_words_idx ATTACH PARTITION public.listing_words_0_words_facets_idx;

ALTER INDEX public.listing_words_pkey ATTACH PARTITION public.listing_words_10_pkey;

ALTER INDEX public.listing_words_idx ATTACH PARTITION public.listing_words_10_words_facets_idx;

ALTER INDEX public.listing_words_pkey ATTACH PARTITION public.listing_words_11_pkey;

ALTER INDEX public.listing_words_idx ATTACH PARTITION public.listing_words_11_words_facets_idx;

ALTER INDEX public.listing_words_pkey ATTACH PARTITION public.listing_words_12_pkey;

ALTER INDEX public.listing_words_idx ATTACH PARTITION public.listing_words_12_words_facets_idx;

ALTER INDEX public.listing_words_pkey ATTACH PARTITION public.listing_words_13_pkey;

ALTER INDEX public.listing_words_idx ATTACH PARTITION public.listing_words_13_words_facets_idx;

ALTER INDEX public.listing_words_pkey ATTACH PARTITION public.listing_words_14_pkey;

ALTER INDEX public.listing_words_idx ATTACH PARTITION public.listing_words_14_words_facets_idx;

ALTER INDEX public.listing_words_pkey ATTACH PARTITION public.listing_words_15_pkey;

ALTER INDEX public.listing_words_idx ATTACH PARTITION public.listing_words_15_words_facets_idx;

ALTER INDEX public.listing_words_pkey ATTACH PARTITION public.listing_words_1_pkey;

ALTER INDEX public.listing_words_idx ATTACH PARTITION public.listing_words_1_words_facets_idx;

ALTER INDEX public.listing_words_pkey ATTACH PARTITION public.listing_words_2_pkey;

ALTER INDEX public.listing_words_idx ATTACH PARTITION public.listing_words_2_words_facets_idx;

ALTER INDEX public.listing_words_pkey ATTACH PARTITION public.listing_words_3_pkey;

ALTER INDEX public.listing_words_idx ATTACH PARTITION public.listing_words_3_words_facets_idx;

ALTER INDEX public.listing_words_pkey ATTACH PARTITION public.listing_words_4_pkey;

ALTER INDEX public.listing_words_idx ATTACH PARTITION public.listing_words_4_words_facets_idx;

ALTER INDEX public.listing_words_pkey ATTACH PARTITION public.listing_words_5_pkey;

ALTER INDEX public.listing_words_idx ATTACH PARTITION public.listing_words_5_words_facets_idx;

ALTER INDEX public.listing_words_pkey ATTACH PARTITION public.listing_words_6_pkey;

ALTER INDEX public.listing_words_idx ATTACH PARTITION public.listing_words_6_words_facets_idx;

ALTER INDEX public.listing_words_pkey ATTACH PARTITION public.listing_words_7_pkey;

ALTER INDEX public.listing_words_idx ATTACH PARTITION public.listing_words_7_words_facets_idx;

ALTER INDEX public.listing_words_pkey ATTACH PARTITION public.listing_words_8_pkey;

ALTER INDEX public.listing_words_idx ATTACH PARTITION public.listing_words_8_words_facets_idx;

ALTER INDEX public.listing_words_pkey ATTACH PARTITION public.listing_words_9_pkey;

ALTER INDEX public.listing_words_idx ATTACH PARTITION public.listing_words_9_words_facets_idx;

CREATE TRIGGER collection_item_delete AFTER DELETE ON public.collection_item REFERENCING OLD TABLE AS old_items FOR EACH STATEMENT EXECUTE FUNCTION public.touch_collections_of_old_items();

CREATE TRIGGER collection_item_insert AFTER INSERT ON public.collection_item REFERENCING NEW TABLE AS new_items FOR EACH STATEMENT EXECUTE FUNCTION public.touch_collections_of_new_items();

CREATE TRIGGER collection_item_truncate AFTER TRUNCATE ON public.collection_item FOR EACH STATEMENT EXECUTE FUNCTION public.touch_collections_without_items();

CREATE TRIGGER collection_item_update AFTER UPDATE ON public.collection_item REFERENCING OLD TABLE AS old_items NEW TABLE AS new_items FOR EACH STATEMENT EXECUTE FUNCTION public.touch_collections_of_changed_items();

CREATE TRIGGER collection_made_private AFTER UPDATE OF visibility ON public.collection FOR EACH ROW WHEN (((new.visibility = 'private'::text) AND (old.visibility <> 'private'::text))) EXECUTE FUNCTION public.close_links_of_private_collection();

CREATE TRIGGER delete_released AFTER DELETE ON public.collection_item REFERENCING OLD TABLE AS old_items FOR EACH STATEMENT EXECUTE FUNCTION public.delete_released_listings();

CREATE TRIGGER dollars_insert AFTER INSERT ON public.listing FOR EACH ROW EXECUTE FUNCTION public.store_dollars_of_listing();

CREATE TRIGGER dollars_update AFTER UPDATE ON public.cpu FOR EACH ROW WHEN (((old.cpu_mark_multi IS DISTINCT FROM new.cpu_mark_multi) OR (old.cpu_mark_single IS DISTINCT FROM new.cpu_mark_single))) EXECUTE FUNCTION public.store_dollars_of_cpu();

CREATE TRIGGER dollars_update AFTER UPDATE ON public.listing FOR EACH ROW WHEN (((((((old.owner_id IS DISTINCT FROM new.owner_id) OR (old.status IS DISTINCT FROM new.status)) OR (old.condition IS DISTINCT FROM new.condition)) OR (old.cpu_id IS DISTINCT FROM new.cpu_id)) OR (old.gpu_id IS DISTINCT FROM new.gpu_id)) OR (old.price_usd IS DISTINCT FROM new.price_usd))) EXECUTE FUNCTION public.store_dollars_of_listing();

CREATE TRIGGER lock_defaults BEFORE DELETE OR UPDATE ON public.ruleset FOR EACH STATEMENT EXECUTE FUNCTION public.lock_defaults();

CREATE TRIGGER lock_defaults BEFORE DELETE OR UPDATE ON public.scoring_profile FOR EACH STATEMENT EXECUTE FUNCTION public.lock_defaults();

CREATE TRIGGER lock_defaults_insert BEFORE INSERT ON public.ruleset FOR EACH ROW WHEN (new.is_default) EXECUTE FUNCTION public.lock_defaults();

CREATE TRIGGER lock_defaults_insert BEFORE INSERT ON public.scoring_profile FOR EACH ROW WHEN (new.is_default) EXECUTE FUNCTION public.lock_defaults();

CREATE TRIGGER lock_parts_insert BEFORE INSERT ON public.listing FOR EACH ROW EXECUTE FUNCTION public.lock_parts_of_listing();

CREATE TRIGGER lock_parts_update BEFORE UPDATE ON public.listing FOR EACH ROW WHEN ((((((((((old.title IS DISTINCT FROM new.title) OR (old.device_model IS DISTINCT FROM new.device_model)) OR (old.manufacturer IS DISTINCT FROM new.manufacturer)) OR (old.series IS DISTINCT FROM new.series)) OR (old.status IS DISTINCT FROM new.status)) OR (old.condition IS DISTINCT FROM new.condition)) OR (old.cpu_id IS DISTINCT FROM new.cpu_id)) OR (old.gpu_id IS DISTINCT FROM new.gpu_id)) OR (old.price_usd IS DISTINCT FROM new.price_usd))) EXECUTE FUNCTION public.lock_parts_of_listing();

CREATE TRIGGER lock_rows BEFORE DELETE ON public.collection FOR EACH ROW EXECUTE FUNCTION public.lock_rows_of_collection();

CREATE TRIGGER lock_rows BEFORE DELETE ON public.listing FOR EACH ROW EXECUTE FUNCTION public.lock_rows_of_listing();

CREATE TRIGGER lock_rows BEFORE DELETE ON public.user_account FOR EACH ROW EXECUTE FUNCTION public.lock_rows_of_user();

CREATE TRIGGER lock_rows BEFORE DELETE ON public.user_share FOR EACH ROW EXECUTE FUNCTION public.lock_rows_of_user_share();

CREATE TRIGGER lock_verdict_insert BEFORE INSERT ON public.listing FOR EACH ROW EXECUTE FUNCTION public.lock_parts_of_verdict();

CREATE TRIGGER lock_verdict_update BEFORE UPDATE ON public.listing FOR EACH ROW WHEN (((((((old.ports_profile_id IS DISTINCT FROM new.ports_profile_id) OR (old.active_profile_id IS DISTINCT FROM new.active_profile_id)) OR (old.ruleset_id IS DISTINCT FROM new.ruleset_id)) OR (old.ram_spec_id IS DISTINCT FROM new.ram_spec_id)) OR (old.primary_storage_profile_id IS DISTINCT FROM new.primary_storage_profile_id)) OR (old.secondary_storage_profile_id IS DISTINCT FROM new.secondary_storage_profile_id))) EXECUTE FUNCTION public.lock_parts_of_verdict();

CREATE TRIGGER log_delete AFTER DELETE ON public.collection REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.log_deletes('collection');

ALTER TABLE public.collection ENABLE ALWAYS TRIGGER log_delete;

CREATE TRIGGER log_delete AFTER DELETE ON public.collection_item REFERENCING OLD TABLE AS old_items FOR EACH STATEMENT EXECUTE FUNCTION public.log_collections_of_old_items();

ALTER TABLE public.collection_item ENABLE ALWAYS TRIGGER log_delete;

CREATE TRIGGER log_delete AFTER DELETE ON public.collection_share REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.log_deletes('collection_share');

ALTER TABLE public.collection_share ENABLE ALWAYS TRIGGER log_delete;

CREATE TRIGGER log_delete AFTER DELETE ON public.cpu REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.log_deletes('cpu');

ALTER TABLE public.cpu ENABLE ALWAYS TRIGGER log_delete;

CREATE TRIGGER log_delete AFTER DELETE ON public.gpu REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.log_deletes('gpu');

ALTER TABLE public.gpu ENABLE ALWAYS TRIGGER log_delete;

CREATE TRIGGER log_delete AFTER DELETE ON public.listing REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.log_deletes('listing');

ALTER TABLE public.listing ENABLE ALWAYS TRIGGER log_delete;

CREATE TRIGGER log_delete AFTER DELETE ON public.listing_share REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.log_deletes('listing_share');

ALTER TABLE public.listing_share ENABLE ALWAYS TRIGGER log_delete;

CREATE TRIGGER log_delete AFTER DELETE ON public.ports_profile REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.log_deletes('ports_profile');

ALTER TABLE public.ports_profile ENABLE ALWAYS TRIGGER log_delete;

CREATE TRIGGER log_delete AFTER DELETE ON public.ram_spec REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.log_deletes('ram_spec');

ALTER TABLE public.ram_spec ENABLE ALWAYS TRIGGER log_delete;

CREATE TRIGGER log_delete AFTER DELETE ON public.ruleset REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.log_deletes('ruleset');

ALTER TABLE public.ruleset ENABLE ALWAYS TRIGGER log_delete;

CREATE TRIGGER log_delete AFTER DELETE ON public.scoring_profile REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.log_deletes('scoring_profile');

ALTER TABLE public.scoring_profile ENABLE ALWAYS TRIGGER log_delete;

CREATE TRIGGER log_delete AFTER DELETE ON public.storage_profile REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.log_deletes('storage_profile');

ALTER TABLE public.storage_profile ENABLE ALWAYS TRIGGER log_delete;

CREATE TRIGGER log_delete AFTER DELETE ON public.user_account REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.log_deletes('user');

ALTER TABLE public.user_account ENABLE ALWAYS TRIGGER log_delete;

CREATE TRIGGER log_insert AFTER INSERT ON public.collection REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.log_new_public_collections();

ALTER TABLE public.collection ENABLE ALWAYS TRIGGER log_insert;

CREATE TRIGGER log_insert AFTER INSERT ON public.collection_item REFERENCING NEW TABLE AS new_items FOR EACH STATEMENT EXECUTE FUNCTION public.log_collections_of_new_items();

ALTER TABLE public.collection_item ENABLE ALWAYS TRIGGER log_insert;

CREATE TRIGGER log_truncate AFTER TRUNCATE ON public.collection FOR EACH STATEMENT EXECUTE FUNCTION public.log_truncate('collection');

ALTER TABLE public.collection ENABLE ALWAYS TRIGGER log_truncate;

CREATE TRIGGER log_truncate AFTER TRUNCATE ON public.collection_item FOR EACH STATEMENT EXECUTE FUNCTION public.log_truncate('collection');

ALTER TABLE public.collection_item ENABLE ALWAYS TRIGGER log_truncate;

CREATE TRIGGER log_truncate AFTER TRUNCATE ON public.collection_share FOR EACH STATEMENT EXECUTE FUNCTION public.log_truncate('collection_share');

ALTER TABLE public.collection_share ENABLE ALWAYS TRIGGER log_truncate;

CREATE TRIGGER log_truncate AFTER TRUNCATE ON public.cpu FOR EACH STATEMENT EXECUTE FUNCTION public.log_truncate('cpu');

ALTER TABLE public.cpu ENABLE ALWAYS TRIGGER log_truncate;

CREATE TRIGGER log_truncate AFTER TRUNCATE ON public.gpu FOR EACH STATEMENT EXECUTE FUNCTION public.log_truncate('gpu');

ALTER TABLE public.gpu ENABLE ALWAYS TRIGGER log_truncate;

CREATE TRIGGER log_truncate AFTER TRUNCATE ON public.listing FOR EACH STATEMENT EXECUTE FUNCTION public.log_truncate('listing');

ALTER TABLE public.listing ENABLE ALWAYS TRIGGER log_truncate;

CREATE TRIGGER log_truncate AFTER TRUNCATE ON public.listing_share FOR EACH STATEMENT EXECUTE FUNCTION public.log_truncate('listing_share');

ALTER TABLE public.listing_share ENABLE ALWAYS TRIGGER log_truncate;

CREATE TRIGGER log_truncate AFTER TRUNCATE ON public.ports_profile FOR EACH STATEMENT EXECUTE FUNCTION public.log_truncate('ports_profile');

ALTER TABLE public.ports_profile ENABLE ALWAYS TRIGGER log_truncate;

CREATE TRIGGER log_truncate AFTER TRUNCATE ON public.ram_spec FOR EACH STATEMENT EXECUTE FUNCTION public.log_truncate('ram_spec');

ALTER TABLE public.ram_spec ENABLE ALWAYS TRIGGER log_truncate;

CREATE TRIGGER log_truncate AFTER TRUNCATE ON public.ruleset FOR EACH STATEMENT EXECUTE FUNCTION public.log_truncate('ruleset');

ALTER TABLE public.ruleset ENABLE ALWAYS TRIGGER log_truncate;

CREATE TRIGGER log_truncate AFTER TRUNCATE ON public.scoring_profile FOR EACH STATEMENT EXECUTE FUNCTION public.log_truncate('scoring_profile');

ALTER TABLE public.scoring_profile ENABLE ALWAYS TRIGGER log_truncate;

CREATE TRIGGER log_truncate AFTER TRUNCATE ON public.storage_profile FOR EACH STATEMENT EXECUTE FUNCTION public.log_truncate('storage_profile');

ALTER TABLE public.storage_profile ENABLE ALWAYS TRIGGER log_truncate;

CREATE TRIGGER log_truncate AFTER TRUNCATE ON public.user_account FOR EACH STATEMENT EXECUTE FUNCTION public.log_truncate('user');

ALTER TABLE public.user_account ENABLE ALWAYS TRIGGER log_truncate;

CREATE TRIGGER log_update AFTER UPDATE ON public.collection REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.log_updates_except_views('collection');

ALTER TABLE public.collection ENABLE ALWAYS TRIGGER log_update;

CREATE TRIGGER log_update AFTER UPDATE ON public.collection_item REFERENCING OLD TABLE AS old_items NEW TABLE AS new_items FOR EACH STATEMENT EXECUTE FUNCTION public.log_collections_of_changed_items();

ALTER TABLE public.collection_item ENABLE ALWAYS TRIGGER log_update;

CREATE TRIGGER log_update AFTER UPDATE ON public.collection_share REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.log_updates_except_views('collection_share');

ALTER TABLE public.collection_share ENABLE ALWAYS TRIGGER log_update;

CREATE TRIGGER log_update AFTER UPDATE ON public.cpu REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.log_updates('cpu');

ALTER TABLE public.cpu ENABLE ALWAYS TRIGGER log_update;

CREATE TRIGGER log_update AFTER UPDATE ON public.gpu REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.log_updates('gpu');

ALTER TABLE public.gpu ENABLE ALWAYS TRIGGER log_update;

CREATE TRIGGER log_update AFTER UPDATE ON public.listing REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.log_updates('listing');

ALTER TABLE public.listing ENABLE ALWAYS TRIGGER log_update;

CREATE TRIGGER log_update AFTER UPDATE ON public.listing_share REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.log_updates_except_views('listing_share');

ALTER TABLE public.listing_share ENABLE ALWAYS TRIGGER log_update;

CREATE TRIGGER log_update AFTER UPDATE ON public.listing_verdict REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.log_updates('listing');

ALTER TABLE public.listing_verdict ENABLE ALWAYS TRIGGER log_update;

CREATE TRIGGER log_update AFTER UPDATE ON public.ports_profile REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.log_updates('ports_profile');

ALTER TABLE public.ports_profile ENABLE ALWAYS TRIGGER log_update;

CREATE TRIGGER log_update AFTER UPDATE ON public.ram_spec REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.log_updates('ram_spec');

ALTER TABLE public.ram_spec ENABLE ALWAYS TRIGGER log_update;

CREATE TRIGGER log_update AFTER UPDATE ON public.ruleset REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.log_updates('ruleset');

ALTER TABLE public.ruleset ENABLE ALWAYS TRIGGER log_update;

CREATE TRIGGER log_update AFTER UPDATE ON public.scoring_profile REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.log_updates('scoring_profile');

ALTER TABLE public.scoring_profile ENABLE ALWAYS TRIGGER log_update;

CREATE TRIGGER log_update AFTER UPDATE ON public.storage_profile REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.log_updates('storage_profile');

ALTER TABLE public.storage_profile ENABLE ALWAYS TRIGGER log_update;

CREATE TRIGGER log_update AFTER UPDATE ON public.user_account REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.log_updates('user');

ALTER TABLE public.user_account ENABLE ALWAYS TRIGGER log_update;

CREATE TRIGGER names AFTER INSERT OR UPDATE OF name ON public.cpu FOR EACH ROW EXECUTE FUNCTION public.cpu_names();

CREATE TRIGGER names AFTER INSERT OR UPDATE OF name ON public.gpu FOR EACH ROW EXECUTE FUNCTION public.gpu_names();

CREATE TRIGGER names AFTER INSERT OR UPDATE OF name ON public.ports_profile FOR EACH ROW EXECUTE FUNCTION public.ports_profile_names();

CREATE TRIGGER names AFTER INSERT OR UPDATE OF label ON public.ram_spec FOR EACH ROW EXECUTE FUNCTION public.ram_spec_names();

CREATE TRIGGER names AFTER INSERT OR UPDATE OF name ON public.ruleset FOR EACH ROW EXECUTE FUNCTION public.ruleset_names();

CREATE TRIGGER names AFTER INSERT OR UPDATE OF name ON public.scoring_profile FOR EACH ROW EXECUTE FUNCTION public.scoring_profile_names();

CREATE TRIGGER names AFTER INSERT OR UPDATE OF label ON public.storage_profile FOR EACH ROW EXECUTE FUNCTION public.storage_profile_names();

CREATE TRIGGER verdicts_delete AFTER DELETE ON public.ruleset FOR EACH ROW WHEN (old.is_default) EXECUTE FUNCTION public.store_verdicts_of_default();

CREATE TRIGGER verdicts_delete AFTER DELETE ON public.scoring_profile FOR EACH ROW WHEN (old.is_default) EXECUTE FUNCTION public.store_verdicts_of_default();

CREATE TRIGGER verdicts_insert AFTER INSERT ON public.listing REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.store_verdicts_of_new_listings();

CREATE TRIGGER verdicts_insert AFTER INSERT ON public.ruleset FOR EACH ROW WHEN (new.is_default) EXECUTE FUNCTION public.store_verdicts_of_default();

CREATE TRIGGER verdicts_insert AFTER INSERT ON public.scoring_profile FOR EACH ROW WHEN (new.is_default) EXECUTE FUNCTION public.store_verdicts_of_default();

CREATE TRIGGER verdicts_update AFTER UPDATE ON public.cpu REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.store_verdicts_of_parts('cpu_mark_multi', 'cpu_mark_single', 'tdp_w', 'igpu_mark');

CREATE TRIGGER verdicts_update AFTER UPDATE ON public.gpu REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.store_verdicts_of_parts('gpu_mark');

CREATE TRIGGER verdicts_update AFTER UPDATE ON public.listing REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.store_verdicts_of_changed_listings();

CREATE TRIGGER verdicts_update AFTER UPDATE ON public.ports_profile REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.store_verdicts_of_parts('ports');

CREATE TRIGGER verdicts_update AFTER UPDATE ON public.ram_spec REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.store_verdicts_of_parts('total_capacity_gb', 'module_count', 'capacity_per_module_gb');

CREATE TRIGGER verdicts_update AFTER UPDATE ON public.ruleset REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.store_verdicts_of_rulesets();

CREATE TRIGGER verdicts_update AFTER UPDATE ON public.scoring_profile REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.store_verdicts_of_profiles();

CREATE TRIGGER verdicts_update AFTER UPDATE ON public.storage_profile REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.store_verdicts_of_parts('capacity_gb');

CREATE TRIGGER words AFTER INSERT OR UPDATE OF name, description, visibility ON public.collection FOR EACH ROW EXECUTE FUNCTION public.collection_words();

CREATE TRIGGER words AFTER INSERT OR UPDATE OF name ON public.cpu FOR EACH ROW EXECUTE FUNCTION public.cpu_words();

CREATE TRIGGER words AFTER INSERT OR UPDATE OF name ON public.gpu FOR EACH ROW EXECUTE FUNCTION public.gpu_words();

CREATE TRIGGER words AFTER INSERT OR UPDATE OF name ON public.ports_profile FOR EACH ROW EXECUTE FUNCTION public.ports_profile_words();

CREATE TRIGGER words AFTER INSERT OR UPDATE OF label ON public.ram_spec FOR EACH ROW EXECUTE FUNCTION public.ram_spec_words();

CREATE TRIGGER words AFTER INSERT OR UPDATE OF name ON public.ruleset FOR EACH ROW EXECUTE FUNCTION public.ruleset_words();

CREATE TRIGGER words AFTER INSERT OR UPDATE OF name ON public.scoring_profile FOR EACH ROW EXECUTE FUNCTION public.scoring_profile_words();

CREATE TRIGGER words AFTER INSERT OR UPDATE OF label ON public.storage_profile FOR EACH ROW EXECUTE FUNCTION public.storage_profile_words();

CREATE TRIGGER words_insert AFTER INSERT ON public.listing FOR EACH ROW EXECUTE FUNCTION public.listing_words();

CREATE TRIGGER words_of_listings AFTER UPDATE ON public.cpu FOR EACH ROW WHEN ((old.name <> new.name)) EXECUTE FUNCTION public.outdate_words_of_part();

CREATE TRIGGER words_of_listings AFTER UPDATE ON public.gpu FOR EACH ROW WHEN ((old.name <> new.name)) EXECUTE FUNCTION public.outdate_words_of_part();

CREATE TRIGGER words_update AFTER UPDATE ON public.listing FOR EACH ROW EXECUTE FUNCTION public.listing_words();

ALTER TABLE ONLY public.access_token
    ADD CONSTRAINT access_token_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.user_account(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.collection_item
    ADD CONSTRAINT collection_item_collection_id_fkey FOREIGN KEY (collection_id) REFERENCES public.collection(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.collection_item
    ADD CONSTRAINT collection_item_listing_id_fkey FOREIGN KEY (listing_id) REFERENCES public.listing(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.collection_share
    ADD CONSTRAINT collection_share_collection_id_fkey FOREIGN KEY (collection_id) REFERENCES public.collection(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.collection
    ADD CONSTRAINT collection_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.user_account(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.collection_words
    ADD CONSTRAINT collection_words_id_fkey FOREIGN KEY (id) REFERENCES public.collection(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.cpu_names
    ADD CONSTRAINT cpu_names_id_fkey FOREIGN KEY (id) REFERENCES public.cpu(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.cpu_words
    ADD CONSTRAINT cpu_words_id_fkey FOREIGN KEY (id) REFERENCES public.cpu(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.former_order_key
    ADD CONSTRAINT former_order_key_item_id_fkey FOREIGN KEY (item_id) REFERENCES public.collection_item(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.gpu_names
    ADD CONSTRAINT gpu_names_id_fkey FOREIGN KEY (id) REFERENCES public.gpu(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.gpu_words
    ADD CONSTRAINT gpu_words_id_fkey FOREIGN KEY (id) REFERENCES public.gpu(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.listing
    ADD CONSTRAINT listing_active_profile_id_fkey FOREIGN KEY (active_profile_id) REFERENCES public.scoring_profile(id);

ALTER TABLE ONLY public.listing
    ADD CONSTRAINT listing_cpu_id_fkey FOREIGN KEY (cpu_id) REFERENCES public.cpu(id);

ALTER TABLE ONLY public.listing_dollars
    ADD CONSTRAINT listing_dollars_id_fkey FOREIGN KEY (id) REFERENCES public.listing(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.listing
    ADD CONSTRAINT listing_gpu_id_fkey FOREIGN KEY (gpu_id) REFERENCES public.gpu(id);

ALTER TABLE ONLY public.listing
    ADD CONSTRAINT listing_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES public.user_account(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.listing
    ADD CONSTRAINT listing_ports_profile_id_fkey FOREIGN KEY (ports_profile_id) REFERENCES public.ports_profile(id);

ALTER TABLE ONLY public.listing
    ADD CONSTRAINT listing_primary_storage_profile_id_fkey FOREIGN KEY (primary_storage_profile_id) REFERENCES public.storage_profile(id);

ALTER TABLE ONLY public.listing
    ADD CONSTRAINT listing_ram_spec_id_fkey FOREIGN KEY (ram_spec_id) REFERENCES public.ram_spec(id);

ALTER TABLE ONLY public.listing
    ADD CONSTRAINT listing_ruleset_id_fkey FOREIGN KEY (ruleset_id) REFERENCES public.ruleset(id);

ALTER TABLE ONLY public.listing
    ADD CONSTRAINT listing_secondary_storage_profile_id_fkey FOREIGN KEY (secondary_storage_profile_id) REFERENCES public.storage_profile(id);

ALTER TABLE ONLY public.listing_share
    ADD CONSTRAINT listing_share_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.user_account(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.listing_share
    ADD CONSTRAINT listing_share_listing_id_fkey FOREIGN KEY (listing_id) REFERENCES public.listing(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.listing_verdict
    ADD CONSTRAINT listing_verdict_id_fkey FOREIGN KEY (id) REFERENCES public.listing(id) ON DELETE CASCADE;

ALTER TABLE public.listing_words
    ADD CONSTRAINT listing_words_id_fkey FOREIGN KEY (id) REFERENCES public.listing(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.notification
    ADD CONSTRAINT notification_share_id_fkey FOREIGN KEY (share_id) REFERENCES public.user_share(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.notification
    ADD CONSTRAINT notification_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.user_account(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ports_profile_names
    ADD CONSTRAINT ports_profile_names_id_fkey FOREIGN KEY (id) REFERENCES public.ports_profile(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ports_profile_words
    ADD CONSTRAINT ports_profile_words_id_fkey FOREIGN KEY (id) REFERENCES public.ports_profile(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ram_spec_names
    ADD CONSTRAINT ram_spec_names_id_fkey FOREIGN KEY (id) REFERENCES public.ram_spec(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ram_spec_words
    ADD CONSTRAINT ram_spec_words_id_fkey FOREIGN KEY (id) REFERENCES public.ram_spec(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ruleset_names
    ADD CONSTRAINT ruleset_names_id_fkey FOREIGN KEY (id) REFERENCES public.ruleset(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.ruleset_words
    ADD CONSTRAINT ruleset_words_id_fkey FOREIGN KEY (id) REFERENCES public.ruleset(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.scoring_profile_names
    ADD CONSTRAINT scoring_profile_names_id_fkey FOREIGN KEY (id) REFERENCES public.scoring_profile(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.scoring_profile_words
    ADD CONSTRAINT scoring_profile_words_id_fkey FOREIGN KEY (id) REFERENCES public.scoring_profile(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.storage_profile_names
    ADD CONSTRAINT storage_profile_names_id_fkey FOREIGN KEY (id) REFERENCES public.storage_profile(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.storage_profile_words
    ADD CONSTRAINT storage_profile_words_id_fkey FOREIGN KEY (id) REFERENCES public.storage_profile(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.user_share_limit
    ADD CONSTRAINT user_share_limit_sender_id_fkey FOREIGN KEY (sender_id) REFERENCES public.user_account(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.user_share
    ADD CONSTRAINT user_share_listing_id_fkey FOREIGN KEY (listing_id) REFERENCES public.listing(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.user_share
    ADD CONSTRAINT user_share_recipient_id_fkey FOREIGN KEY (recipient_id) REFERENCES public.user_account(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.user_share
    ADD CONSTRAINT user_share_sender_id_fkey FOREIGN KEY (sender_id) REFERENCES public.user_account(id) ON DELETE CASCADE;
