-- The data set: 20,000 listings with all relations, of a catalog in which some parts are common and many are rare.
-- All values are computed from row numbers, so that every machine measures the same data.

INSERT INTO user_account (username, display_name, role, password_hash)
SELECT CASE n WHEN 1 THEN 'perf' ELSE 'user-' || n END, 'User ' || n, CASE n WHEN 1 THEN 'admin' ELSE 'user' END, 'none'
  FROM generate_series(1, 20) n;
INSERT INTO access_token (user_id, scope, token_hash)
VALUES (1, 'write', sha256('dbt_perf_perf_perf_perf_perf_perf_perf_perf_123'));
INSERT INTO access_token (user_id, scope, token_hash, session)
VALUES (1, 'write', sha256('dbs_perf_perf_perf_perf_perf_perf_perf_perf_123'), true);

INSERT INTO cpu (name, manufacturer, socket, cores, threads, tdp_w, igpu_model, cpu_mark_multi, cpu_mark_single,
       igpu_mark, release_year, notes, attributes)
SELECT CASE n % 3 WHEN 0 THEN 'AMD Ryzen ' || (3 + n % 4 * 2) || ' PRO ' || 4000 + n
                  ELSE 'Intel Core i' || (3 + n % 4 * 2) || '-' || 8000 + n * 10 END,
       CASE n % 3 WHEN 0 THEN 'AMD' ELSE 'Intel' END, CASE n % 3 WHEN 0 THEN 'AM4' ELSE 'LGA1700' END,
       4 + n % 12, 8 + n % 24, 35 + n % 5 * 15,
       CASE n % 3 WHEN 0 THEN 'Radeon Vega 8' ELSE 'Intel UHD Graphics 770' END,
       4000 + n * 211, 1500 + n * 17, 1000 + n * 9, 2015 + n % 11,
       'Idles at ' || 8 + n % 9 || ' W in a small case', jsonb_build_object('stepping', 'B' || n % 4, 'ecc', n % 3 = 0)
  FROM generate_series(1, 150) n;
INSERT INTO gpu (name, manufacturer, gpu_mark, metal_score, notes, attributes)
SELECT 'NVIDIA RTX A' || 400 + n * 20, 'NVIDIA', 3000 + n * 350, 20000 + n * 900, 'Low profile, one slot',
       jsonb_build_object('vram_gb', 4 + n % 5 * 4) FROM generate_series(1, 40) n;
INSERT INTO ram_spec (label, ddr_generation, speed_mhz, module_count, capacity_per_module_gb, total_capacity_gb)
SELECT n || ' x DDR4-3200', 'ddr4', 2133 + n * 10, 2, 8 + n % 4 * 8, 16 + n % 4 * 16 FROM generate_series(1, 40) n;
INSERT INTO storage_profile (label, medium, interface, form_factor, capacity_gb, performance_tier)
SELECT 'NVMe ' || n, 'nvme', 'PCIe 4.0 x4', 'M.2 2280', 256 * (1 + n % 8), 'tier ' || n FROM generate_series(1, 50) n;
INSERT INTO ports_profile (name, description, ports)
SELECT 'Mini case ' || n, 'Front and back of a one litre case',
       jsonb_build_array(jsonb_build_object('type', 'usb_a', 'count', 4 + n % 3, 'spec_notes', '3.2 Gen 1'),
                         jsonb_build_object('type', 'usb_c', 'count', 1 + n % 2, 'spec_notes', '10 Gbit/s'),
                         jsonb_build_object('type', 'displayport', 'count', 2, 'spec_notes', '1.4'),
                         jsonb_build_object('type', 'hdmi', 'count', 1, 'spec_notes', '2.1'),
                         jsonb_build_object('type', 'rj45', 'count', 1 + n % 2, 'spec_notes', '2.5 Gbit/s'))
  FROM generate_series(1, 30) n;
INSERT INTO scoring_profile (name, description, weights, is_default)
SELECT 'Profile ' || n, 'Weighs the parts of a server at home',
       '{"cpu": 0.5, "ram": 0.2, "storage": 0.15, "power": 0.15}', n = 1
  FROM generate_series(1, 5) n;
INSERT INTO ruleset (name, description, version)
SELECT 'Rules ' || n, 'Deducts for missing RAM, drives and a licence', '2026.' || n FROM generate_series(1, 4) n;

-- power(..., 2) makes the parts with small ids common.
INSERT INTO listing (owner_id, title, listing_url, seller, price_usd, price_date, condition, status, marketplace,
       vendor_item_id, device_model, manufacturer, series, model_number, form_factor, ram_gb, primary_storage_gb,
       secondary_storage_gb, thumbnail_url, notes, attributes, adjusted_price_usd, score_composite, perf_per_watt,
       cpu_id, gpu_id, ports_profile_id, active_profile_id, ruleset_id, ram_spec_id,
       primary_storage_profile_id, secondary_storage_profile_id, created_at, updated_at)
SELECT 1 + n % 20, 'ThinkStation P3 Tiny number ' || n || ' with ' || 16 + n % 4 * 16 || ' GB and a new licence',
       'https://deals.example.org/item/' || n, 'seller-' || n % 300, 80 + n * 37 % 1400 + 0.99,
       now() - n % 90 * interval '1 day', (ARRAY['new', 'refurb', 'used'])[1 + n % 3],
       CASE WHEN n % 20 = 0 THEN 'archived' ELSE 'active' END, 'example',
       'item-' || n, 'ThinkStation P3 Tiny', 'Lenovo', 'ThinkStation', '30H' || n % 500, 'Mini', 16 + n % 4 * 16,
       256 * (1 + n % 8), 1024, 'https://img.example.org/' || n || '.jpg',
       'Tested, wiped, with power supply. The seller answers within a day; small scratches on the left side'
           || ' of the case, number ' || n || '.',
       jsonb_build_object('wifi', true, 'warranty_months', n % 24, 'colour', 'black'),
       70 + n * 37 % 1400 + 0.49, n % 1000 / 10.0, 100 + n % 997 / 3.0,
       1 + floor(150 * power(n * 7919 % 10007 / 10007.0, 2)), 1 + floor(40 * power(n * 6151 % 10009 / 10009.0, 2)),
       1 + n * 31 % 30, 1 + n % 5, 1 + n % 4, 1 + floor(40 * power(n * 4243 % 10037 / 10037.0, 2)),
       1 + floor(50 * power(n * 3571 % 10039 / 10039.0, 2)), 1 + n * 17 % 50,
       now() - n * interval '1 minute', now() - n * interval '1 minute'
  FROM generate_series(1, 20000) n;

-- One collection of each size. Its id is the position of the size in the array.
INSERT INTO collection (user_id, name, description, visibility)
SELECT 1, 'Collection of ' || size, 'Everything that could become the next server', 'public'
  FROM unnest(ARRAY[10, 50, 150, 400, 1000, 10000]) WITH ORDINALITY AS each (size, n) ORDER BY n;
INSERT INTO collection_item (collection_id, listing_id, status, notes, position, order_key)
SELECT each.n, 1 + (item * 13 + each.n * 101) % 20000,
       (ARRAY['undecided', 'shortlisted', 'rejected', 'bought'])[1 + item % 4], 'ask for the charger', item, item
  FROM unnest(ARRAY[10, 50, 150, 400, 1000, 10000]) WITH ORDINALITY AS each (size, n),
       generate_series(0, each.size - 1) item
 ORDER BY each.n, item;

-- The first 50 shares have views. The others are requested once each, as cache misses.
INSERT INTO listing_share (listing_id, created_by, share_token, view_count)
SELECT 1 + (n - 1) % 20000, 1, lpad(n::text, 64, 'share_'), CASE WHEN n <= 50 THEN 1000 ELSE 0 END
  FROM generate_series(1, 300000) n;

ANALYZE;
