-- A database of commit acfabc1, whose newest migration was 9: the output of pg_dump --inserts --no-owner.
-- token of ada: dbt_IpEWyDqZKRGGrrQa7y7jSolQEHRYdvnsSl_KkX-Jglk
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
    DELETE FROM collection_share WHERE collection_id = NEW.id;
    RETURN NULL;
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
CREATE FUNCTION public.touch_collections_of_changed_items() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM 1 FROM collection
      WHERE id IN (SELECT collection_id FROM old_items UNION SELECT collection_id FROM new_items)
      ORDER BY id FOR UPDATE;
    UPDATE collection c
       SET item_count = c.item_count + changed.items, row_version = c.row_version + 1, updated_at = clock_timestamp()
      FROM (SELECT collection_id, sum(items) AS items
              FROM (SELECT collection_id, -1 AS items FROM old_items
                     UNION ALL
                    SELECT collection_id, 1 FROM new_items) item
             GROUP BY collection_id) changed
     WHERE c.id = changed.collection_id;
    RETURN NULL;
END $$;
CREATE FUNCTION public.touch_collections_of_new_items() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    UPDATE collection c
       SET item_count = c.item_count + changed.items, row_version = c.row_version + 1, updated_at = clock_timestamp()
      FROM (SELECT collection_id, count(*) AS items FROM new_items GROUP BY collection_id) changed
     WHERE c.id = changed.collection_id;
    RETURN NULL;
END $$;
CREATE FUNCTION public.touch_collections_of_old_items() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    -- in the order of their ids, so that two deletions of listings cannot wait for each other
    PERFORM 1 FROM collection WHERE id IN (SELECT collection_id FROM old_items) ORDER BY id FOR UPDATE;
    UPDATE collection c
       SET item_count = c.item_count - changed.items, row_version = c.row_version + 1, updated_at = clock_timestamp()
      FROM (SELECT collection_id, count(*) AS items FROM old_items GROUP BY collection_id) changed
     WHERE c.id = changed.collection_id;
    RETURN NULL;
END $$;
CREATE FUNCTION public.touch_collections_without_items() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    UPDATE collection SET item_count = 0, row_version = row_version + 1, updated_at = clock_timestamp()
     WHERE item_count > 0;
    RETURN NULL;
END $$;
CREATE FUNCTION public.words_of(text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN to_tsvector('simple'::regconfig, translate($1, '/-+@<>&'::text, '       '::text));
SET default_tablespace = '';
SET default_table_access_method = heap;
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
ALTER TABLE public.cpu ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.cpu_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
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
ALTER TABLE public.gpu ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.gpu_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.listing (
    id bigint NOT NULL,
    owner_id bigint NOT NULL,
    title text NOT NULL,
    listing_url text,
    seller text,
    price_usd numeric(9,2),
    price_date timestamp with time zone,
    condition text DEFAULT 'used'::text NOT NULL,
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
ALTER TABLE public.ports_profile ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ports_profile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
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
ALTER TABLE public.ram_spec ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ram_spec_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
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
    CONSTRAINT ruleset_description_check CHECK ((length(description) <= 1000)),
    CONSTRAINT ruleset_name_check CHECK (((length(name) >= 1) AND (length(name) <= 255))),
    CONSTRAINT ruleset_version_check CHECK (((length(version) >= 1) AND (length(version) <= 50)))
);
ALTER TABLE public.ruleset ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ruleset_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.schema_migration (
    version integer NOT NULL,
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
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
    CONSTRAINT scoring_profile_description_check CHECK ((length(description) <= 1000)),
    CONSTRAINT scoring_profile_name_check CHECK (((length(name) >= 1) AND (length(name) <= 255))),
    CONSTRAINT scoring_profile_weights_check CHECK ((jsonb_typeof(weights) = 'object'::text))
);
ALTER TABLE public.scoring_profile ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.scoring_profile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE UNLOGGED TABLE public.sign_in_failure (
    username text NOT NULL,
    address text NOT NULL,
    window_start timestamp with time zone NOT NULL,
    failures integer NOT NULL,
    CONSTRAINT sign_in_failure_failures_check CHECK ((failures >= 0))
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
ALTER TABLE public.storage_profile ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.storage_profile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
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
INSERT INTO public.access_token OVERRIDING SYSTEM VALUE VALUES (1, 1, NULL, 'write', '\x2fb42d62d8ae98542efcd2dde92248fcbdfc8003ab364ddd2d8abf1906a05fe7', '2026-11-29 04:15:57.42394+00', NULL);
INSERT INTO public.access_token OVERRIDING SYSTEM VALUE VALUES (2, 2, NULL, 'write', '\x38917e34c788e3173ea908c21dd7ac33b2a4299dbb617070edfdc1f6d7e91dfa', '2026-11-29 04:15:57.461456+00', NULL);
INSERT INTO public.access_token OVERRIDING SYSTEM VALUE VALUES (3, 3, NULL, 'write', '\x3c8379ad759cea33c20db3bc02146dcb8793c5dcbda3df018a67fcfa5dc0f11b', '2026-11-29 04:15:57.574162+00', NULL);
INSERT INTO public.change_checkpoint OVERRIDING SYSTEM VALUE VALUES (1, '773:773:', '2026-11-29 04:15:55.459818+00');
INSERT INTO public.change_incarnation VALUES (true, 'e28bb106-58b9-483a-aadd-a99436a881dd', true);
INSERT INTO public.change_log VALUES ('790', 'user:2');
INSERT INTO public.change_log VALUES ('800', 'collection:1');
INSERT INTO public.change_log VALUES ('801', 'collection:1');
INSERT INTO public.change_log VALUES ('802', 'collection:1');
INSERT INTO public.change_log VALUES ('803', 'collection:1');
INSERT INTO public.change_log VALUES ('804', 'collection:1');
INSERT INTO public.change_log VALUES ('809', 'collection:2');
INSERT INTO public.change_log VALUES ('810', 'collection:3');
INSERT INTO public.change_settings VALUES (true, 2000);
INSERT INTO public.collection OVERRIDING SYSTEM VALUE VALUES (1, 2, 'Next server', 'for the rack', 'unlisted', 3, 6, '2026-11-29 04:15:58.00221+00', '2026-11-29 04:15:58.246157+00', 0, 0, false);
INSERT INTO public.collection OVERRIDING SYSTEM VALUE VALUES (2, 2, 'Quiet PCs', NULL, 'public', 1, 2, '2026-11-29 04:15:58.278505+00', '2026-11-29 04:15:58.283377+00', 0, 0, false);
INSERT INTO public.collection OVERRIDING SYSTEM VALUE VALUES (3, 3, 'Next server', 'for the rack', 'private', 3, 2, '2026-11-29 04:15:58.292568+00', '2026-11-29 04:15:58.297497+00', 0, 0, false);
INSERT INTO public.collection_item OVERRIDING SYSTEM VALUE VALUES (1, 1, 1, 'undecided', NULL, 0, 0, 1, '2026-11-29 04:15:58.04754+00', '2026-11-29 04:15:58.04754+00');
INSERT INTO public.collection_item OVERRIDING SYSTEM VALUE VALUES (2, 1, 2, 'undecided', NULL, 1, 1, 1, '2026-11-29 04:15:58.179272+00', '2026-11-29 04:15:58.179272+00');
INSERT INTO public.collection_item OVERRIDING SYSTEM VALUE VALUES (3, 1, 3, 'shortlisted', 'ask for the charger', 2, 2, 2, '2026-11-29 04:15:58.193099+00', '2026-11-29 04:15:58.204314+00');
INSERT INTO public.collection_item OVERRIDING SYSTEM VALUE VALUES (4, 2, 2, 'undecided', NULL, 0, 0, 1, '2026-11-29 04:15:58.282772+00', '2026-11-29 04:15:58.282772+00');
INSERT INTO public.collection_item OVERRIDING SYSTEM VALUE VALUES (5, 3, 1, 'undecided', NULL, 0, 0, 1, '2026-11-29 04:15:58.292568+00', '2026-11-29 04:15:58.292568+00');
INSERT INTO public.collection_item OVERRIDING SYSTEM VALUE VALUES (6, 3, 2, 'undecided', NULL, 1, 1, 1, '2026-11-29 04:15:58.292568+00', '2026-11-29 04:15:58.292568+00');
INSERT INTO public.collection_item OVERRIDING SYSTEM VALUE VALUES (7, 3, 3, 'undecided', NULL, 2, 2, 1, '2026-11-29 04:15:58.292568+00', '2026-11-29 04:15:58.292568+00');
INSERT INTO public.collection_share OVERRIDING SYSTEM VALUE VALUES (1, 1, 'QtpAsEEv6h1tHicCIZjfakMsNLq_o8KirhAqmFHk-Ow1-VKPeaEX92Wuf7K2VKcI', 0, 0, '2026-11-29 04:15:58.256018+00', '2027-05-28 04:15:58.256018+00');
INSERT INTO public.cpu OVERRIDING SYSTEM VALUE VALUES (1, 'Intel Core i5-8500T', 'Intel', NULL, 6, 6, 35, NULL, 7500, NULL, NULL, NULL, NULL, '{}', 1, '2026-11-29 04:15:57.722095+00', '2026-11-29 04:15:57.722095+00');
INSERT INTO public.gpu OVERRIDING SYSTEM VALUE VALUES (1, 'Intel UHD 630', NULL, NULL, NULL, NULL, '{}', 1, '2026-11-29 04:15:57.747167+00', '2026-11-29 04:15:57.747167+00');
INSERT INTO public.listing OVERRIDING SYSTEM VALUE VALUES (1, 2, 'Lenovo ThinkCentre M720q Tiny', 'https://example.com/m720q', NULL, 189.99, NULL, 'refurb', 'active', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, 1, 1, NULL, NULL, NULL, 1, 1, NULL, 1, '2026-11-29 04:15:57.80973+00', '2026-11-29 04:15:57.80973+00');
INSERT INTO public.listing OVERRIDING SYSTEM VALUE VALUES (2, 2, 'HP EliteDesk 800 G4 Mini – größer', NULL, NULL, 210.00, NULL, 'used', 'active', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1, '2026-11-29 04:15:57.875607+00', '2026-11-29 04:15:57.875607+00');
INSERT INTO public.listing OVERRIDING SYSTEM VALUE VALUES (3, 2, 'Dell OptiPlex 3060 Micro', NULL, NULL, NULL, NULL, 'used', 'active', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1, '2026-11-29 04:15:57.88201+00', '2026-11-29 04:15:57.88201+00');
INSERT INTO public.listing_share OVERRIDING SYSTEM VALUE VALUES (1, 1, 2, 'q1cF7kncLWTpFBIW4ynQ7XjZOoPrC7lhnqb_QqpxuTCoA-HelJLgHeJQxIVKfl2f', 0, 0, '2026-11-29 04:15:58.272417+00', '2027-05-28 04:15:58.272417+00');
INSERT INTO public.notification OVERRIDING SYSTEM VALUE VALUES (1, 2, 'collection_copied', 'bob copied your collection', 'Next server', NULL, NULL, '2026-11-29 04:15:58.292568+00');
INSERT INTO public.ram_spec OVERRIDING SYSTEM VALUE VALUES (1, '16 GB DDR4', 'ddr4', NULL, NULL, NULL, 16, 1, '2026-11-29 04:15:57.760078+00', '2026-11-29 04:15:57.760078+00');
INSERT INTO public.schema_migration VALUES (1, '0001-accounts.sql', '291eae2b5eac14ccc553a8bb9831fcaa13ddd0a0ddb04c3e2b93d9c7207179a3', '2026-11-29 04:15:54.754039+00');
INSERT INTO public.schema_migration VALUES (2, '0002-catalog.sql', '7b58586e148a1f589a89dbb6b08c585e16321032ef62c7f1d5766a160721c41b', '2026-11-29 04:15:54.988796+00');
INSERT INTO public.schema_migration VALUES (3, '0003-listings.sql', '82e5279e4f8bb2fa9a9c775d5a808f2071fde63fb8f3e48d4cfc82a951622cbf', '2026-11-29 04:15:55.152401+00');
INSERT INTO public.schema_migration VALUES (4, '0004-collections.sql', 'b949811885d7910d30123cd7e8fa8fce33d0e10a6c03c6c730dd498508c57fc0', '2026-11-29 04:15:55.242659+00');
INSERT INTO public.schema_migration VALUES (5, '0005-notifications.sql', 'd59ee9a8ed7edccf96ff9d53042deab0274fa38c2ed5c58b5cdc79dbd426ea44', '2026-11-29 04:15:55.290172+00');
INSERT INTO public.schema_migration VALUES (6, '0006-public-collections.sql', '7331c429ddd6d6e7ae1c408e37c6dcd0d6190dd4f1a358846d440c88cd2e908e', '2026-11-29 04:15:55.322527+00');
INSERT INTO public.schema_migration VALUES (7, '0007-shares.sql', 'cc96ecde492837816d61bb69b8a543b68b9c570c528456179c38bc3ca6dab042', '2026-11-29 04:15:55.330085+00');
INSERT INTO public.schema_migration VALUES (8, '0008-changes.sql', '4e6fc21af09085130cbf5b183dda79d5331fea8e78c467f223142887bf258aaf', '2026-11-29 04:15:55.408249+00');
INSERT INTO public.schema_migration VALUES (9, '0009-change-log.sql', '5ae05ff54d8a066c93f6c33c7f576eaef3eb332be5fe73566714590244773bc1', '2026-11-29 04:15:55.430604+00');
INSERT INTO public.sign_in_failure VALUES ('ALL', '127.0.0.1', '2026-11-29 04:15:57.395648+00', 0);
INSERT INTO public.storage_profile OVERRIDING SYSTEM VALUE VALUES (1, '256 GB NVMe', 'nvme', NULL, NULL, 256, NULL, 1, '2026-11-29 04:15:57.77163+00', '2026-11-29 04:15:57.77163+00');
INSERT INTO public.user_account OVERRIDING SYSTEM VALUE VALUES (1, 'admin', NULL, NULL, 'admin', 'pbkdf2-sha512$1000$UDMtuFnjuaFgOZIlY/l3eQ$e0qdRPl9oS2WR0T10xdXG0p9trjg68tjd8ZBwXc9tcc', 1, '2026-11-29 04:15:56.72008+00');
INSERT INTO public.user_account OVERRIDING SYSTEM VALUE VALUES (3, 'bob', NULL, NULL, 'user', 'pbkdf2-sha512$1000$rSceMgkS4f4FGUX2Q+5Icw$dU5kzSXV1xRGf5FfqSKGxUp1f7rs8GwunFTM6bdPBPE', 1, '2026-11-29 04:15:57.506173+00');
INSERT INTO public.user_account OVERRIDING SYSTEM VALUE VALUES (2, 'ada', NULL, 'Ada Lovelace', 'user', 'pbkdf2-sha512$1000$4YgMwM8dHjWmzZQNNh5zIA$Cv67jmKJd0T6c4w/If54m5nrVpL0BAhhCAdNUaAPdtM', 2, '2026-11-29 04:15:57.444723+00');
SELECT pg_catalog.setval('public.access_token_id_seq', 3, true);
SELECT pg_catalog.setval('public.change_checkpoint_id_seq', 1, true);
SELECT pg_catalog.setval('public.collection_id_seq', 3, true);
SELECT pg_catalog.setval('public.collection_item_id_seq', 7, true);
SELECT pg_catalog.setval('public.collection_share_id_seq', 1, true);
SELECT pg_catalog.setval('public.cpu_id_seq', 1, true);
SELECT pg_catalog.setval('public.gpu_id_seq', 1, true);
SELECT pg_catalog.setval('public.listing_id_seq', 3, true);
SELECT pg_catalog.setval('public.listing_share_id_seq', 1, true);
SELECT pg_catalog.setval('public.notification_id_seq', 1, true);
SELECT pg_catalog.setval('public.ports_profile_id_seq', 1, false);
SELECT pg_catalog.setval('public.ram_spec_id_seq', 1, true);
SELECT pg_catalog.setval('public.ruleset_id_seq', 1, false);
SELECT pg_catalog.setval('public.scoring_profile_id_seq', 1, false);
SELECT pg_catalog.setval('public.storage_profile_id_seq', 1, true);
SELECT pg_catalog.setval('public.user_account_id_seq', 3, true);
SELECT pg_catalog.setval('public.user_share_id_seq', 1, false);
ALTER TABLE ONLY public.access_token
    ADD CONSTRAINT access_token_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.access_token
    ADD CONSTRAINT access_token_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY public.change_checkpoint
    ADD CONSTRAINT change_checkpoint_pkey PRIMARY KEY (id);
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
ALTER TABLE ONLY public.cpu
    ADD CONSTRAINT cpu_natural_key UNIQUE (name);
ALTER TABLE ONLY public.cpu
    ADD CONSTRAINT cpu_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.gpu
    ADD CONSTRAINT gpu_natural_key UNIQUE (name);
ALTER TABLE ONLY public.gpu
    ADD CONSTRAINT gpu_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.listing
    ADD CONSTRAINT listing_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.listing_share
    ADD CONSTRAINT listing_share_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.listing_share
    ADD CONSTRAINT listing_share_share_token_key UNIQUE (share_token);
ALTER TABLE ONLY public.notification
    ADD CONSTRAINT notification_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.ports_profile
    ADD CONSTRAINT ports_profile_natural_key UNIQUE (name);
ALTER TABLE ONLY public.ports_profile
    ADD CONSTRAINT ports_profile_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.ram_spec
    ADD CONSTRAINT ram_spec_natural_key UNIQUE NULLS NOT DISTINCT (ddr_generation, speed_mhz, module_count, capacity_per_module_gb, total_capacity_gb);
ALTER TABLE ONLY public.ram_spec
    ADD CONSTRAINT ram_spec_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.ruleset
    ADD CONSTRAINT ruleset_natural_key UNIQUE (name);
ALTER TABLE ONLY public.ruleset
    ADD CONSTRAINT ruleset_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.schema_migration
    ADD CONSTRAINT schema_migration_pkey PRIMARY KEY (version);
ALTER TABLE ONLY public.scoring_profile
    ADD CONSTRAINT scoring_profile_natural_key UNIQUE (name);
ALTER TABLE ONLY public.scoring_profile
    ADD CONSTRAINT scoring_profile_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sign_in_failure
    ADD CONSTRAINT sign_in_failure_pkey PRIMARY KEY (username, address);
ALTER TABLE ONLY public.storage_profile
    ADD CONSTRAINT storage_profile_natural_key UNIQUE NULLS NOT DISTINCT (medium, interface, form_factor, capacity_gb, performance_tier);
ALTER TABLE ONLY public.storage_profile
    ADD CONSTRAINT storage_profile_pkey PRIMARY KEY (id);
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
CREATE INDEX collection_item_listing_id_idx ON public.collection_item USING btree (listing_id);
CREATE UNIQUE INDEX collection_one_default_key ON public.collection USING btree (user_id) WHERE is_default;
CREATE INDEX collection_public_popular_idx ON public.collection USING btree (view_count DESC, id DESC) WHERE (visibility = 'public'::text);
CREATE INDEX collection_public_recent_idx ON public.collection USING btree (created_at DESC, id DESC) WHERE (visibility = 'public'::text);
CREATE INDEX collection_share_collection_id_idx ON public.collection_share USING btree (collection_id, id);
CREATE INDEX collection_share_expires_at_idx ON public.collection_share USING btree (expires_at) WHERE (expires_at IS NOT NULL);
CREATE INDEX collection_user_id_created_at_idx ON public.collection USING btree (user_id, created_at DESC, id DESC);
CREATE INDEX collection_words_idx ON public.collection USING gin (public.words_of(((name || ' '::text) || COALESCE(description, ''::text))));
CREATE INDEX cpu_words_idx ON public.cpu USING gin (public.words_of(name));
CREATE INDEX gpu_words_idx ON public.gpu USING gin (public.words_of(name));
CREATE INDEX listing_active_profile_id_idx ON public.listing USING btree (active_profile_id);
CREATE INDEX listing_cpu_id_idx ON public.listing USING btree (cpu_id);
CREATE INDEX listing_created_at_idx ON public.listing USING btree (created_at DESC, id DESC);
CREATE INDEX listing_gpu_id_idx ON public.listing USING btree (gpu_id);
CREATE INDEX listing_listing_url_idx ON public.listing USING hash (listing_url);
CREATE INDEX listing_owner_id_idx ON public.listing USING btree (owner_id);
CREATE INDEX listing_ports_profile_id_idx ON public.listing USING btree (ports_profile_id);
CREATE INDEX listing_price_usd_desc_idx ON public.listing USING btree (price_usd DESC NULLS LAST, id DESC);
CREATE INDEX listing_price_usd_idx ON public.listing USING btree (price_usd, id);
CREATE INDEX listing_primary_storage_profile_id_idx ON public.listing USING btree (primary_storage_profile_id);
CREATE INDEX listing_ram_spec_id_idx ON public.listing USING btree (ram_spec_id);
CREATE INDEX listing_ruleset_id_idx ON public.listing USING btree (ruleset_id);
CREATE INDEX listing_score_composite_idx ON public.listing USING btree (score_composite DESC NULLS LAST, id DESC);
CREATE INDEX listing_secondary_storage_profile_id_idx ON public.listing USING btree (secondary_storage_profile_id);
CREATE INDEX listing_share_created_by_idx ON public.listing_share USING btree (created_by, created_at DESC, id DESC);
CREATE INDEX listing_share_expires_at_idx ON public.listing_share USING btree (expires_at) WHERE (expires_at IS NOT NULL);
CREATE INDEX listing_share_listing_id_idx ON public.listing_share USING btree (listing_id);
CREATE UNIQUE INDEX listing_vendor_item_key ON public.listing USING btree (marketplace, vendor_item_id) WHERE ((marketplace IS NOT NULL) AND (vendor_item_id IS NOT NULL));
CREATE INDEX listing_words_idx ON public.listing USING gin (public.words_of(title));
CREATE INDEX notification_read_at_idx ON public.notification USING btree (read_at) WHERE (read_at IS NOT NULL);
CREATE INDEX notification_share_id_idx ON public.notification USING btree (share_id) WHERE (share_id IS NOT NULL);
CREATE INDEX notification_unread_idx ON public.notification USING btree (user_id) WHERE (read_at IS NULL);
CREATE INDEX notification_user_id_created_at_idx ON public.notification USING btree (user_id, created_at DESC, id DESC);
CREATE INDEX ports_profile_words_idx ON public.ports_profile USING gin (public.words_of(name));
CREATE INDEX ram_spec_words_idx ON public.ram_spec USING gin (public.words_of(label));
CREATE INDEX ruleset_words_idx ON public.ruleset USING gin (public.words_of(name));
CREATE UNIQUE INDEX scoring_profile_one_default_key ON public.scoring_profile USING btree (is_default) WHERE is_default;
CREATE INDEX scoring_profile_words_idx ON public.scoring_profile USING gin (public.words_of(name));
CREATE INDEX sign_in_failure_window_start_idx ON public.sign_in_failure USING btree (window_start);
CREATE INDEX storage_profile_words_idx ON public.storage_profile USING gin (public.words_of(label));
CREATE UNIQUE INDEX user_account_email_key ON public.user_account USING btree (lower(email));
CREATE UNIQUE INDEX user_account_username_key ON public.user_account USING btree (lower(username) text_pattern_ops);
CREATE INDEX user_share_expires_at_idx ON public.user_share USING btree (expires_at);
CREATE INDEX user_share_listing_id_idx ON public.user_share USING btree (listing_id);
CREATE INDEX user_share_recipient_id_idx ON public.user_share USING btree (recipient_id, shared_at DESC, id DESC);
CREATE INDEX user_share_sender_id_idx ON public.user_share USING btree (sender_id, shared_at DESC, id DESC);
CREATE TRIGGER collection_item_delete AFTER DELETE ON public.collection_item REFERENCING OLD TABLE AS old_items FOR EACH STATEMENT EXECUTE FUNCTION public.touch_collections_of_old_items();
CREATE TRIGGER collection_item_insert AFTER INSERT ON public.collection_item REFERENCING NEW TABLE AS new_items FOR EACH STATEMENT EXECUTE FUNCTION public.touch_collections_of_new_items();
CREATE TRIGGER collection_item_truncate AFTER TRUNCATE ON public.collection_item FOR EACH STATEMENT EXECUTE FUNCTION public.touch_collections_without_items();
CREATE TRIGGER collection_item_update AFTER UPDATE ON public.collection_item REFERENCING OLD TABLE AS old_items NEW TABLE AS new_items FOR EACH STATEMENT EXECUTE FUNCTION public.touch_collections_of_changed_items();
CREATE TRIGGER collection_made_private AFTER UPDATE OF visibility ON public.collection FOR EACH ROW WHEN (((new.visibility = 'private'::text) AND (old.visibility <> 'private'::text))) EXECUTE FUNCTION public.close_links_of_private_collection();
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
ALTER TABLE ONLY public.listing
    ADD CONSTRAINT listing_active_profile_id_fkey FOREIGN KEY (active_profile_id) REFERENCES public.scoring_profile(id);
ALTER TABLE ONLY public.listing
    ADD CONSTRAINT listing_cpu_id_fkey FOREIGN KEY (cpu_id) REFERENCES public.cpu(id);
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
ALTER TABLE ONLY public.notification
    ADD CONSTRAINT notification_share_id_fkey FOREIGN KEY (share_id) REFERENCES public.user_share(id) ON DELETE SET NULL;
ALTER TABLE ONLY public.notification
    ADD CONSTRAINT notification_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.user_account(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.user_share_limit
    ADD CONSTRAINT user_share_limit_sender_id_fkey FOREIGN KEY (sender_id) REFERENCES public.user_account(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.user_share
    ADD CONSTRAINT user_share_listing_id_fkey FOREIGN KEY (listing_id) REFERENCES public.listing(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.user_share
    ADD CONSTRAINT user_share_recipient_id_fkey FOREIGN KEY (recipient_id) REFERENCES public.user_account(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.user_share
    ADD CONSTRAINT user_share_sender_id_fkey FOREIGN KEY (sender_id) REFERENCES public.user_account(id) ON DELETE CASCADE;
