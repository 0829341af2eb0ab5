-- The data set of `make perf PERF=--stored`, for an empty database with all migrations. By hand:
--   PGOPTIONS='-c perf.listings=10000' psql -v ON_ERROR_STOP=1 -f stored.sql -c 'VACUUM (ANALYZE)'
-- All values are computed from row numbers and their hashes, so that every machine measures the same data. The triggers
-- run, so that the tables which they maintain need not be named here.

SET jit = off; -- compiling the statements would take longer than they do

CREATE TEMPORARY TABLE size AS
SELECT listings, listings / 10 AS collections, greatest(10, listings / 100) AS users
  FROM cast(current_setting('perf.listings') AS integer) listings;

-- A value of [0, 1) that looks random. The salt selects one of the values of n.
CREATE FUNCTION pg_temp.u(n bigint, salt bigint) RETURNS float8 LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (hashint8extended(n, salt) & 1099511627775) / 1099511627776.0::float8;

-- A number from 1 to count by the law of Zipf and Mandelbrot: of 400 numbers, the first is drawn by 2.5 %.
CREATE FUNCTION pg_temp.zipf(u float8, count integer) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN least(count, 1 + floor(10 * (power((count + 10) / 10.0::float8, u) - 1))::integer);

CREATE FUNCTION pg_temp.pick(texts text[], u float8) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN texts[1 + floor(u * cardinality(texts))::integer];

-- The words of an ASCII text, as the class Words makes them.
CREATE FUNCTION pg_temp.words(text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (SELECT array_to_tsvector(coalesce(array_agg(word), '{}')
                || coalesce(array_agg(substr(word, 2)) FILTER (WHERE word ~ '^v[0-9]'), '{}')
                || coalesce(array_agg(word || next) FILTER (WHERE word || ' ' || next !~ '[0-9] [0-9]'), '{}'))
              FROM (SELECT word, lead(word) OVER (ORDER BY n) AS next
                      FROM regexp_split_to_table(lower($1), '[^a-z0-9]+') WITH ORDINALITY AS each (word, n)
                     WHERE word <> '') each);

CREATE FUNCTION pg_temp.add_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.words := pg_temp.words(NEW.text);
    RETURN NEW;
END $$;
DO $$
DECLARE
    name regclass;
BEGIN
    FOR name IN SELECT attrelid FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
                 WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
                   AND attname = 'words' AND atttypid = 'tsvector'::regtype LOOP
        EXECUTE format('CREATE TRIGGER perf_words BEFORE INSERT OR UPDATE ON %s'
                       ' FOR EACH ROW WHEN (NEW.words IS NULL) EXECUTE FUNCTION pg_temp.add_words()', name);
    END LOOP;
END $$;

-- The indexes that are not needed meanwhile are built at the end: filling them row by row would take several times as long.
SET maintenance_work_mem = '256MB';
CREATE TEMPORARY TABLE later_index AS
SELECT indexrelid::regclass::text AS name, replace(pg_get_indexdef(indexrelid), ' ON ONLY ', ' ON ') AS definition
  FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
 WHERE relnamespace = current_schema()::regnamespace AND NOT indisunique AND NOT relispartition;
DO $$
DECLARE
    name text;
BEGIN
    FOR name IN SELECT later_index.name FROM later_index LOOP
        EXECUTE 'DROP INDEX ' || name;
    END LOOP;
END $$;

-- User 1 has the token, and will own 1,000 listings, user 2 5,000 listings.
INSERT INTO user_account (username, display_name, role, password_hash)
SELECT CASE n WHEN 1 THEN 'perf' ELSE 'user-' || n END, 'User ' || n, CASE n WHEN 1 THEN 'admin' ELSE 'user' END, 'none'
  FROM size, generate_series(1, users) n;
INSERT INTO access_token (user_id, scope, token_hash)
VALUES (1, 'write', sha256('dbt_perf_perf_perf_perf_perf_perf_perf_perf_123'));

-- 400 CPUs. The first will be the common one. Every 50th has no marks.
INSERT INTO cpu (name, manufacturer, socket, cores, threads, tdp_w, igpu_model, cpu_mark_multi, cpu_mark_single,
       igpu_mark, release_year, attributes)
SELECT name, split_part(name, ' ', 1), pg_temp.pick('{LGA1151,LGA1200,LGA1700,AM4,AM5}', pg_temp.u(n, 1)),
       2 + n % 15, 4 + n % 28, 15 + n % 7 * 15, 'Graphics ' || n % 20,
       CASE WHEN n % 50 <> 0 THEN 2000 * power(30, pg_temp.u(n, 2)) END,
       CASE WHEN n % 50 <> 0 THEN 1000 + 3500 * pg_temp.u(n, 3) END,
       CASE WHEN n % 3 = 0 THEN 500 + n * 7 END, 2013 + n % 13, jsonb_build_object('ecc', n % 4 = 0)
  FROM (SELECT name, row_number() OVER (ORDER BY name <> 'Intel Core i5-12500T', hashtextextended(name, 0)) AS n
          FROM (SELECT 'Intel Core i' || class || '-' || generation || model || suffix AS name
                  FROM (VALUES (3, 100), (3, 300), (5, 400), (5, 500), (5, 600), (7, 700), (9, 900)) m (class, model),
                       generate_series(6, 14) generation, unnest('{"",T,K,H}'::text[]) suffix
                 UNION ALL
                SELECT 'AMD Ryzen ' || class || ' ' || generation || model || suffix
                  FROM (VALUES (3, 300), (5, 500), (5, 600), (7, 700), (7, 800), (9, 900), (9, 950)) m (class, model),
                       generate_series(2, 9) generation, unnest('{"",GE,X}'::text[]) suffix) cpu) cpu
 WHERE n <= 400 ORDER BY n;

-- 100 GPUs. The first will be the common one.
INSERT INTO gpu (name, manufacturer, gpu_mark, metal_score, attributes)
SELECT name, split_part(name, ' ', 1), CASE WHEN n % 50 <> 0 THEN 500 * power(60, pg_temp.u(n, 4)) END,
       CASE WHEN n % 2 = 0 THEN 5000 + n * 900 END, jsonb_build_object('vram_gb', 2 + n % 8 * 2)
  FROM (SELECT name, row_number() OVER (ORDER BY name <> 'NVIDIA RTX A2000', hashtextextended(name, 0)) AS n
          FROM (SELECT 'NVIDIA RTX A' || model AS name FROM unnest('{400,1000,2000,4000,4500,5000}'::text[]) model
                 UNION ALL
                SELECT 'NVIDIA GeForce RTX ' || generation || model || suffix
                  FROM generate_series(20, 50, 10) generation, unnest('{50,60,70,80,90}'::text[]) model,
                       unnest('{""," Ti"," SUPER"}'::text[]) suffix
                 UNION ALL
                SELECT 'AMD Radeon RX ' || generation || model || suffix
                  FROM generate_series(5, 9) generation, unnest('{500,600,700,800}'::text[]) model,
                       unnest('{""," XT"}'::text[]) suffix) gpu) gpu
 WHERE n <= 100 ORDER BY n;

INSERT INTO ram_spec (label, ddr_generation, speed_mhz, module_count, capacity_per_module_gb, total_capacity_gb)
SELECT modules || ' x ' || gb || ' GB ' || upper(ddr) || '-' || mhz, ddr, mhz, modules, gb, modules * gb
  FROM (VALUES ('ddr3', 1600), ('ddr4', 2666), ('ddr4', 3200), ('ddr5', 4800), ('ddr5', 5600)) kind (ddr, mhz),
       unnest(ARRAY[1, 2, 4]) modules, unnest(ARRAY[4, 8, 16, 32]) gb;
INSERT INTO storage_profile (label, medium, interface, form_factor, capacity_gb, performance_tier)
SELECT upper(medium) || ' ' || gb || ' GB', medium, interface, form_factor, gb, tier
  FROM (VALUES ('nvme', 'PCIe 4.0 x4', 'M.2 2280', 'high'), ('nvme', 'PCIe 3.0 x4', 'M.2 2280', 'mid'),
               ('sata_ssd', 'SATA III', '2.5 inch', 'mid'), ('hdd', 'SATA III', '3.5 inch', 'low'))
           kind (medium, interface, form_factor, tier),
       unnest(ARRAY[128, 256, 512, 1024, 2048, 4096]) gb;
INSERT INTO ports_profile (name, description, ports)
SELECT 'Case ' || n, 'Front and back of a small case',
       jsonb_build_array(jsonb_build_object('type', 'usb_a', 'count', 2 + n % 5, 'spec_notes', '3.2 Gen 1'),
                         jsonb_build_object('type', 'displayport', 'count', 1 + n % 3, 'spec_notes', '1.4'),
                         jsonb_build_object('type', 'rj45', 'count', 1 + n % 2, 'spec_notes', '2.5 Gbit/s'))
  FROM generate_series(1, 30) n;
INSERT INTO scoring_profile (name, description, weights, is_default)
SELECT 'Profile ' || n, 'Weighs the parts of a server at home', '{"cpu": 0.5, "ram": 0.3, "power": 0.2}', n = 1
  FROM generate_series(1, 5) n;
INSERT INTO ruleset (name, description, version)
SELECT 'Rules ' || n, 'Deducts for missing parts', '2026.' || n FROM generate_series(1, 4) n;

CREATE TEMPORARY TABLE device (manufacturer text, series text, models text[], form_factors text[]);
INSERT INTO device VALUES
    ('Lenovo', 'ThinkCentre', '{M70q,M75q,M80q,M90q,M720q,M910q,M920q,M920x}', '{Tiny,SFF,Tower}'),
    ('Dell', 'OptiPlex', '{3050,3060,3070,3080,5060,5070,5080,7060,7070,7080,7090}', '{Micro,SFF,Tower}'),
    ('HP', 'EliteDesk', '{705 G4,705 G5,800 G3,800 G4,800 G5,800 G6}', '{Mini,SFF,Tower}'),
    ('HP', 'ProDesk', '{400 G4,400 G6,600 G3,600 G5,600 G6}', '{Mini,SFF,Tower}'),
    ('Lenovo', 'ThinkStation', '{P320,P330,P340,P350,P360,P3}', '{Tiny,Tower}'),
    ('Dell', 'Precision', '{3240,3260,3430,3640,5820}', '{Compact,SFF,Tower}'),
    ('HP', 'Z2', '{G4,G5,G9}', '{Mini,SFF,Tower}'),
    ('Fujitsu', 'ESPRIMO', '{G558,G9010,Q556,Q558,Q7010}', '{Mini,Micro}'),
    ('Apple', 'Mac mini', '{2014,2018,2020,2023}', '{Mini}'),
    ('Intel', 'NUC', '{NUC7i5BNH,NUC8i5BEH,NUC10i7FNH,NUC11PAHi5,NUC12WSKi5}', '{Mini}'),
    ('ASUS', 'ExpertCenter', '{PN41,PN51,PN64,D500}', '{Mini,SFF}'),
    ('Acer', 'Veriton', '{N4640G,N4680G,X2670G}', '{Mini,SFF}'),
    ('Minisforum', 'UM', '{UM350,UM690,UM773,UM790}', '{Mini}'),
    ('Beelink', 'SER', '{SER4,SER5,SER6,SER7}', '{Mini}');

-- CPU 1 and GPU 1 are those of 5 % of all listings, CPU 399 and GPU 99 of one, CPU 398 of 10, CPU 397 of 100, CPU 400
-- and GPU 100 of none. The titles have these words: pc all, windows 1/2, wifi 1/4, bluetooth 1/8, fanless 1/100,
-- rackmount 1/1,000, prototype 1/100,000, unobtainium one; ddr3 the oldest tenth, defective those below 60 dollars.
INSERT INTO listing (owner_id, title, listing_url, seller, price_usd, price_date, condition, status, marketplace,
       vendor_item_id, device_model, manufacturer, series, model_number, form_factor, ram_gb, primary_storage_gb,
       notes, attributes, adjusted_price_usd, score_composite, perf_per_watt, cpu_id, gpu_id, ports_profile_id,
       active_profile_id, ruleset_id, ram_spec_id, primary_storage_profile_id, created_at, updated_at)
SELECT CASE WHEN n % greatest(2, listings / 5000) = 0 THEN 2
            WHEN n % greatest(10, listings / 1000) = 1 THEN 1
            ELSE 3 + floor(pg_temp.u(n, 21) * (users - 2)) END,
       concat_ws(' ', manufacturer, series, model, form_factor, 'PC',
                 regexp_replace(cpus[cpu_id], '^(Intel Core|AMD) ', ''), ram_gb || 'GB', storage_gb || 'GB SSD',
                 CASE WHEN pg_temp.u(n, 22) < 0.5 THEN 'Windows 11 Pro' END,
                 CASE WHEN pg_temp.u(n, 23) < 0.25 THEN 'WiFi' END,
                 CASE WHEN pg_temp.u(n, 24) < 0.125 THEN 'Bluetooth' END,
                 CASE WHEN pg_temp.u(n, 25) < 0.01 THEN 'fanless' END,
                 CASE WHEN pg_temp.u(n, 26) < 0.001 THEN 'rackmount' END,
                 CASE WHEN n % 100000 = 777 THEN 'prototype' END,
                 CASE WHEN n = listings / 2 THEN 'unobtainium' END,
                 CASE WHEN n <= listings / 10 THEN 'DDR3' END,
                 CASE WHEN price < 60 THEN 'defective' END),
       'https://deals.example.org/item/' || n, 'seller-' || pg_temp.zipf(pg_temp.u(n, 27), 3000), price, created_at,
       (ARRAY['new', 'refurb', 'refurb', 'refurb', 'used', 'used', 'used', 'used', 'used', NULL])
           [1 + floor(pg_temp.u(n, 28) * 10)::integer],
       CASE WHEN n <= listings * 0.12 THEN 'archived' WHEN pg_temp.u(n, 29) < 0.034 THEN 'pending' ELSE 'active' END,
       'example', 'item-' || n, manufacturer || ' ' || series || ' ' || model, manufacturer, series, '30H' || n % 500,
       form_factor, ram_gb, storage_gb,
       'Tested and wiped, with power supply; small scratches on the left side of the case, number ' || n || '.',
       jsonb_build_object('wifi', pg_temp.u(n, 23) < 0.25), price * 0.95,
       CASE WHEN pg_temp.u(n, 30) >= 0.3
            THEN round((coalesce(marks[cpu_id], 4000) / 1000.0 + 40 * pg_temp.u(n, 31))::numeric, 2) END,
       round(marks[cpu_id] / 65.0, 2), cpu_id, gpu_id, 1 + n % 30, 1 + n % 5, 1 + n % 4,
       1 + floor(pg_temp.u(n, 32) * 60), 1 + floor(pg_temp.u(n, 33) * 24), created_at, created_at
  FROM size,
       (SELECT array_agg(name ORDER BY id) AS cpus, array_agg(cpu_mark_multi ORDER BY id) AS marks FROM cpu) cpu,
       (SELECT array_agg(device) AS devices FROM device) device,
       generate_series(1, listings) n,
       LATERAL (SELECT CASE WHEN n = listings / 3 THEN 399 WHEN n % (listings / 10) = 6 THEN 398
                            WHEN n % (listings / 100) = 5 THEN 397 WHEN pg_temp.u(n, 11) < 0.05 THEN 1
                            WHEN pg_temp.u(n, 11) >= 0.08 THEN 1 + pg_temp.zipf(pg_temp.u(n, 12), 395) END AS cpu_id,
                       CASE WHEN n = listings / 3 THEN 99 WHEN pg_temp.u(n, 13) < 0.05 THEN 1
                            WHEN pg_temp.u(n, 13) < 0.4 THEN 1 + pg_temp.zipf(pg_temp.u(n, 14), 97) END AS gpu_id,
                       (devices[pg_temp.zipf(pg_temp.u(n, 15), cardinality(devices))]).*,
                       -- log-normal, by the method of Box and Muller
                       CASE WHEN pg_temp.u(n, 16) >= 0.02 THEN round(least(5000, greatest(5, 300 * exp(
                           0.9 * sqrt(-2 * ln(1 - pg_temp.u(n, 17))) * cos(2 * pi() * pg_temp.u(n, 18)))))::numeric, 2)
                       END AS price,
                       pg_temp.pick('{4,8,8,16,16,16,32,32,64}', pg_temp.u(n, 19))::integer AS ram_gb,
                       pg_temp.pick('{128,256,256,512,512,1024}', pg_temp.u(n, 20))::integer AS storage_gb,
                       now() - interval '730 days' + n * (interval '730 days' / listings) AS created_at
                OFFSET 0) drawn, -- computes each value once
       LATERAL (SELECT pg_temp.pick(models, pg_temp.u(n, 34)) AS model,
                       pg_temp.pick(form_factors, pg_temp.u(n, 35)) AS form_factor OFFSET 0) named;

-- Collection 1 will have 10,000 items, the last listing be in 1,000 collections. The words: pcs all, homelab 1/2, quiet
-- 1/8, fanless 1/100, rackmount 1/1,000, unobtainium one.
INSERT INTO collection (user_id, name, description, visibility, view_count, created_at, updated_at)
SELECT CASE WHEN n % (collections / 100) = 1 THEN 1 ELSE 2 + floor(pg_temp.u(n, 41) * (users - 1)) END,
       concat_ws(' ', pg_temp.pick('{Cheap,Small,New,Old,Fast,Best}', pg_temp.u(n, 42)), 'PCs', n,
                 CASE WHEN pg_temp.u(n, 43) < 0.5 THEN 'homelab' END,
                 CASE WHEN pg_temp.u(n, 44) < 0.125 THEN 'quiet' END,
                 CASE WHEN pg_temp.u(n, 45) < 0.01 THEN 'fanless' END,
                 CASE WHEN pg_temp.u(n, 46) < 0.001 THEN 'rackmount' END,
                 CASE WHEN n = 3 THEN 'unobtainium' END),
       'What could become the next server',
       CASE WHEN n <= 3 OR pg_temp.u(n, 47) < 0.8 THEN 'public'
            WHEN pg_temp.u(n, 47) < 0.9 THEN 'unlisted' ELSE 'private' END,
       floor(power(1 - pg_temp.u(n, 48), -0.7)) - 1, at, at
  FROM size, generate_series(1, collections) n,
       LATERAL (SELECT now() - interval '730 days' + n * (interval '730 days' / collections) AS at) created;
INSERT INTO collection_item (collection_id, listing_id, status, notes, position, order_key, added_at, updated_at)
SELECT collection.id,
       CASE WHEN collection.id = 1 THEN 1 + (listings - 1 + item * 7919) % listings
            WHEN collection.id <= 1000 AND item = 0 THEN listings
            ELSE 1 + (floor(pg_temp.u(collection.id, 51) * listings)::bigint + item * 7919) % (listings - 1) END,
       pg_temp.pick('{undecided,undecided,shortlisted,rejected,bought}', pg_temp.u(item, collection.id)),
       CASE WHEN item % 10 = 0 THEN 'ask for the charger' END, item, item, created_at, created_at
  FROM size, collection,
       LATERAL (SELECT CASE WHEN collection.id = 1 THEN least(10000, listings)
                            ELSE 1 + floor(pg_temp.u(collection.id, 52) * 2 / collections
                                           * (2 * listings - least(10000, listings) - least(1000, collections)))
                       END AS items OFFSET 0) each,
       generate_series(0, items::bigint - 1) item
 ORDER BY collection.id, item;

-- All listings of user 1 are shared by link, and user 1 receives 400 listings. The newest shares have views, so that the
-- others are not cached at the start.
INSERT INTO listing_share (listing_id, created_by, share_token, view_count, created_at)
SELECT listing.id, owner_id, lpad(listing.id::text, 64, 'share_'),
       CASE WHEN listing.id > listings * 0.9 THEN 100 ELSE 0 END, created_at
  FROM size, listing WHERE listing.id % 10 = 1 ORDER BY listing.id;
INSERT INTO collection_share (collection_id, share_token, created_at)
SELECT id, lpad(id::text, 64, 'share_'), created_at
  FROM collection WHERE visibility <> 'private' AND id % 10 = 1 ORDER BY id;
INSERT INTO user_share (sender_id, recipient_id, listing_id, share_token, message, shared_at, expires_at)
SELECT owner_id, CASE WHEN n <= 400 THEN 1 ELSE 1 + owner_id % users END, id, lpad(id::text, 64, 'share_'),
       'For your rack?', now() - n * interval '1 minute', now() + interval '30 days'
  FROM size, (SELECT id, owner_id, row_number() OVER (ORDER BY id) AS n
                FROM listing WHERE id % 20 IN (2, 3) AND owner_id > 2) listing
 ORDER BY n;
INSERT INTO notification (user_id, type, title, share_id, created_at)
SELECT recipient_id, 'share_received', 'A listing was shared with you', id, shared_at FROM user_share ORDER BY id;

DO $$
DECLARE
    name       regclass;
    definition text;
BEGIN
    FOR name IN SELECT tgrelid FROM pg_trigger WHERE tgname = 'perf_words' LOOP
        EXECUTE format('DROP TRIGGER perf_words ON %s', name);
    END LOOP;
    FOR definition IN SELECT later_index.definition FROM later_index LOOP
        EXECUTE definition;
    END LOOP;
END $$;
TRUNCATE outdated_words; -- all texts have their words
