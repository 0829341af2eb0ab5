-- The verdict on a listing: what the bare machine costs by the rules of a ruleset, and the score by a scoring profile
-- (docs/decisions/0030-valuation.md). All arithmetic is in the function verdict_of.
-- Servers of the previous version read a listing as a whole: it gets no columns. They show what is stated in it.

ALTER TABLE ruleset
    ADD COLUMN rules      jsonb   NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(rules) = 'array'),
    ADD COLUMN is_default boolean NOT NULL DEFAULT false;
CREATE UNIQUE INDEX ruleset_one_default_key ON ruleset (is_default) WHERE is_default;
ALTER TABLE scoring_profile
    ADD COLUMN "references" jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof("references") = 'object');

LOCK TABLE cpu, gpu, ram_spec, storage_profile, ports_profile, ruleset, scoring_profile, listing
    IN SHARE ROW EXCLUSIVE MODE;

-- One row for each listing. The values are the computed ones, or else those that the listing states; ruleset_id and
-- profile_id are null if a value is stated. With the columns that lists are filtered by, as listing_dollars.
CREATE TABLE listing_verdict (
    id                 bigint PRIMARY KEY,
    status             text NOT NULL,
    condition          text,
    owner_id           bigint,
    cpu_id             bigint,
    gpu_id             bigint,
    price_usd          numeric(9, 2),
    adjusted_price_usd numeric(9, 2),
    score_composite    numeric,
    perf_per_watt      numeric,
    ruleset_id         bigint,
    profile_id         bigint,
    lines              jsonb, -- [component, metric, quantity, unit value, factor of the condition, amount] of each rule
    measures           jsonb  -- [measure, value, weight, points] of each
);

-- Returns the verdict on a listing. Memory and drives of 0 GB are parts that a listing does not have. An operating system
-- licence, and other parts, are those that its attributes name by true or by a text.
CREATE FUNCTION verdict_of(l listing) RETURNS SETOF listing_verdict LANGUAGE sql STABLE ROWS 1
BEGIN ATOMIC
    SELECT l.id, l.status, l.condition, l.owner_id, l.cpu_id, l.gpu_id, l.price_usd,
           CASE WHEN r.id IS NULL THEN l.adjusted_price_usd
                WHEN l.price_usd IS NOT NULL THEN greatest(l.price_usd - valued.total, 0.00) END,
           CASE WHEN p.id IS NULL THEN l.score_composite ELSE scored.score END,
           known.perf_per_watt, r.id, p.id, valued.lines, scored.measures
      FROM (SELECT) listing
      LEFT JOIN cpu ON cpu.id = l.cpu_id
      LEFT JOIN gpu ON gpu.id = l.gpu_id
      LEFT JOIN ram_spec ram ON ram.id = l.ram_spec_id
      LEFT JOIN storage_profile main_drive ON main_drive.id = l.primary_storage_profile_id
      LEFT JOIN storage_profile other_drive ON other_drive.id = l.secondary_storage_profile_id
      LEFT JOIN ruleset r ON r.id = coalesce(l.ruleset_id, (SELECT id FROM ruleset WHERE is_default))
                         AND r.is_active AND r.rules <> '[]'
      LEFT JOIN scoring_profile p
             ON p.id = coalesce(l.active_profile_id, (SELECT id FROM scoring_profile WHERE is_default))
            AND p."references" <> '{}'
     CROSS JOIN LATERAL (
           SELECT coalesce(l.ram_gb, ram.total_capacity_gb, ram.module_count * ram.capacity_per_module_gb) AS ram_gb,
                  coalesce(l.primary_storage_gb, main_drive.capacity_gb) AS main_gb,
                  coalesce(l.secondary_storage_gb, other_drive.capacity_gb) AS other_gb,
                  coalesce(round(cpu.cpu_mark_multi::numeric / cpu.tdp_w, 4), l.perf_per_watt) AS perf_per_watt,
                  round(l.price_usd / cpu.cpu_mark_multi, 6) AS price_per_mark,
                  CASE WHEN l.gpu_id IS NULL THEN cpu.igpu_mark ELSE gpu.gpu_mark END AS gpu_mark) known
      LEFT JOIN LATERAL (
           SELECT coalesce(sum(amount), 0) AS total,
                  coalesce(jsonb_agg(jsonb_build_array(component, metric, quantity, unit_value_usd, factor, amount)
                                     ORDER BY number), '[]') AS lines
             FROM ROWS FROM (jsonb_to_recordset(r.rules) AS (
                      component text, metric text, unit_value_usd numeric,
                      condition_new numeric, condition_refurb numeric, condition_used numeric))
                  WITH ORDINALITY AS rule (component, metric, unit_value_usd, condition_new, condition_refurb,
                                           condition_used, number)
            CROSS JOIN LATERAL (
                  SELECT CASE component WHEN 'ram' THEN known.ram_gb
                                        WHEN 'primary_storage' THEN known.main_gb
                                        WHEN 'secondary_storage' THEN known.other_gb END AS gb,
                         CASE component WHEN 'cpu' THEN cpu.cpu_mark_multi WHEN 'gpu' THEN gpu.gpu_mark END AS marks,
                         CASE component WHEN 'ram' THEN coalesce(known.ram_gb > 0, l.ram_spec_id IS NOT NULL)
                                        WHEN 'primary_storage'
                                        THEN coalesce(known.main_gb > 0, l.primary_storage_profile_id IS NOT NULL)
                                        WHEN 'secondary_storage'
                                        THEN coalesce(known.other_gb > 0, l.secondary_storage_profile_id IS NOT NULL)
                                        WHEN 'cpu' THEN l.cpu_id IS NOT NULL
                                        WHEN 'gpu' THEN l.gpu_id IS NOT NULL
                                        ELSE component IN ('os_license', 'other')
                                             AND CASE jsonb_typeof(l.attributes -> component)
                                                 WHEN 'boolean' THEN l.attributes -> component = 'true'
                                                 WHEN 'string' THEN btrim(l.attributes ->> component) <> ''
                                                 ELSE false END END AS present,
                         CASE l.condition WHEN 'new' THEN condition_new WHEN 'refurb' THEN condition_refurb
                                          ELSE condition_used END AS factor) part
            CROSS JOIN LATERAL (
                  SELECT CASE metric WHEN 'flat' THEN CASE WHEN present THEN 1 END
                                     WHEN 'per_gb' THEN gb
                                     WHEN 'per_tb' THEN trim_scale(gb::numeric / 1024)
                                     WHEN 'per_1000_marks' THEN trim_scale(marks::numeric / 1000) END AS quantity) q
            CROSS JOIN LATERAL (SELECT round(quantity * unit_value_usd * factor, 2) AS amount) a
            WHERE quantity > 0) valued ON r.id IS NOT NULL
      LEFT JOIN LATERAL (
           SELECT round(sum(weight * points) / sum(weight), 1) AS score,
                  coalesce(jsonb_agg(jsonb_build_array(measure, value, weight, round(points, 4))), '[]') AS measures
             FROM jsonb_each(p."references") AS reference (measure, best)
            CROSS JOIN LATERAL (
                  SELECT (p.weights ->> measure)::numeric AS weight,
                         CASE jsonb_typeof(best) WHEN 'array' THEN (best ->> 0)::numeric ELSE best::numeric END AS full_value,
                         CASE jsonb_typeof(best) WHEN 'array' THEN (best ->> 1)::numeric ELSE 0 END AS zero_value,
                         CASE measure WHEN 'cpu_mark_multi' THEN cpu.cpu_mark_multi
                                      WHEN 'cpu_mark_single' THEN cpu.cpu_mark_single
                                      WHEN 'gpu_mark' THEN known.gpu_mark
                                      WHEN 'perf_per_watt' THEN known.perf_per_watt
                                      WHEN 'ram_gb' THEN known.ram_gb
                                      WHEN 'storage_gb'
                                      THEN coalesce(known.main_gb + known.other_gb, known.main_gb, known.other_gb)
                                      WHEN 'price_per_mark' THEN known.price_per_mark
                                      WHEN 'ports'
                                      THEN (SELECT coalesce(sum((port ->> 'count')::numeric), 0)
                                              FROM ports_profile, jsonb_array_elements(ports) AS port
                                             WHERE ports_profile.id = l.ports_profile_id
                                            HAVING l.ports_profile_id IS NOT NULL) END AS value) m
            CROSS JOIN LATERAL (
                  SELECT least(greatest(100 * (value - zero_value) / nullif(full_value - zero_value, 0), 0), 100) AS points) s
            WHERE value IS NOT NULL AND weight > 0) scored ON p.id IS NOT NULL;
END;

-- A change of the default ruleset or profile waits for the transactions that store a listing without its own, and these
-- for the change. An advisory lock, because there may be no default to lock.
CREATE FUNCTION lock_defaults() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('dealbrain defaults'));
    RETURN NEW;
END $$;

-- A part that a listing did not have until now is locked against changes, as lock_parts_of_listing does: its change
-- would not find the listing. Of the other parts, a change finds the listing, and waits for its verdict.
CREATE FUNCTION lock_parts_of_verdict() RETURNS trigger LANGUAGE plpgsql AS $$
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

-- Locks the verdicts in the order of the ids. The second statement has a new snapshot, which sees what the transactions
-- have committed that held them. Without OFFSET, PostgreSQL may compute the verdicts of all listings, and then join.
CREATE FUNCTION store_verdicts(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
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

CREATE FUNCTION store_verdicts_of_new_listings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO listing_verdict
    SELECT v.*
      FROM new_rows
     CROSS JOIN LATERAL (SELECT l AS listing FROM listing l WHERE l.id = new_rows.id OFFSET 0) found
     CROSS JOIN LATERAL verdict_of(found.listing) v;
    RETURN NULL;
END $$;

-- A full join, as in log_updates: a plan that was made for one row must not become a nested loop of many.
CREATE FUNCTION store_verdicts_of_changed_listings() RETURNS trigger LANGUAGE plpgsql AS $$
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

-- The arguments are the columns that verdicts depend on.
CREATE FUNCTION store_verdicts_of_parts() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE FUNCTION listings_of_ruleset(changed bigint[], default_changed boolean) RETURNS bigint[] LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT ARRAY(SELECT id FROM listing WHERE ruleset_id = ANY(changed)
                  UNION ALL SELECT id FROM listing WHERE default_changed AND ruleset_id IS NULL);
END;

CREATE FUNCTION listings_of_profile(changed bigint[], default_changed boolean) RETURNS bigint[] LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT ARRAY(SELECT id FROM listing WHERE active_profile_id = ANY(changed)
                  UNION ALL SELECT id FROM listing WHERE default_changed AND active_profile_id IS NULL);
END;

CREATE FUNCTION store_verdicts_of_rulesets() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE FUNCTION store_verdicts_of_profiles() RETURNS trigger LANGUAGE plpgsql AS $$
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

-- For an inserted or a deleted default.
CREATE FUNCTION store_verdicts_of_default() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'ruleset' THEN
        PERFORM store_verdicts(listings_of_ruleset('{}', true));
    ELSE
        PERFORM store_verdicts(listings_of_profile('{}', true));
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER lock_verdict_insert BEFORE INSERT ON listing FOR EACH ROW EXECUTE FUNCTION lock_parts_of_verdict();
CREATE TRIGGER lock_verdict_update BEFORE UPDATE ON listing FOR EACH ROW
    WHEN ((OLD.ports_profile_id, OLD.active_profile_id, OLD.ruleset_id, OLD.ram_spec_id, OLD.primary_storage_profile_id,
           OLD.secondary_storage_profile_id)
          IS DISTINCT FROM
          (NEW.ports_profile_id, NEW.active_profile_id, NEW.ruleset_id, NEW.ram_spec_id, NEW.primary_storage_profile_id,
           NEW.secondary_storage_profile_id))
    EXECUTE FUNCTION lock_parts_of_verdict();
CREATE TRIGGER verdicts_insert AFTER INSERT ON listing REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION store_verdicts_of_new_listings();
CREATE TRIGGER verdicts_update AFTER UPDATE ON listing REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION store_verdicts_of_changed_listings();

CREATE TRIGGER verdicts_update AFTER UPDATE ON cpu REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT
    EXECUTE FUNCTION store_verdicts_of_parts('cpu_mark_multi', 'cpu_mark_single', 'tdp_w', 'igpu_mark');
CREATE TRIGGER verdicts_update AFTER UPDATE ON gpu REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION store_verdicts_of_parts('gpu_mark');
CREATE TRIGGER verdicts_update AFTER UPDATE ON ram_spec REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT
    EXECUTE FUNCTION store_verdicts_of_parts('total_capacity_gb', 'module_count', 'capacity_per_module_gb');
CREATE TRIGGER verdicts_update AFTER UPDATE ON storage_profile REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION store_verdicts_of_parts('capacity_gb');
CREATE TRIGGER verdicts_update AFTER UPDATE ON ports_profile REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION store_verdicts_of_parts('ports');

CREATE TRIGGER lock_defaults BEFORE UPDATE OR DELETE ON ruleset FOR EACH STATEMENT EXECUTE FUNCTION lock_defaults();
CREATE TRIGGER lock_defaults_insert BEFORE INSERT ON ruleset FOR EACH ROW
    WHEN (NEW.is_default) EXECUTE FUNCTION lock_defaults();
CREATE TRIGGER verdicts_insert AFTER INSERT ON ruleset FOR EACH ROW
    WHEN (NEW.is_default) EXECUTE FUNCTION store_verdicts_of_default();
CREATE TRIGGER verdicts_delete AFTER DELETE ON ruleset FOR EACH ROW
    WHEN (OLD.is_default) EXECUTE FUNCTION store_verdicts_of_default();
CREATE TRIGGER verdicts_update AFTER UPDATE ON ruleset REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION store_verdicts_of_rulesets();

CREATE TRIGGER lock_defaults BEFORE UPDATE OR DELETE ON scoring_profile
    FOR EACH STATEMENT EXECUTE FUNCTION lock_defaults();
CREATE TRIGGER lock_defaults_insert BEFORE INSERT ON scoring_profile FOR EACH ROW
    WHEN (NEW.is_default) EXECUTE FUNCTION lock_defaults();
CREATE TRIGGER verdicts_insert AFTER INSERT ON scoring_profile FOR EACH ROW
    WHEN (NEW.is_default) EXECUTE FUNCTION store_verdicts_of_default();
CREATE TRIGGER verdicts_delete AFTER DELETE ON scoring_profile FOR EACH ROW
    WHEN (OLD.is_default) EXECUTE FUNCTION store_verdicts_of_default();
CREATE TRIGGER verdicts_update AFTER UPDATE ON scoring_profile REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION store_verdicts_of_profiles();

-- A verdict is shown with its listing. Its deletion is logged with that of the listing.
CREATE TRIGGER log_update AFTER UPDATE ON listing_verdict REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION log_updates('listing');
ALTER TABLE listing_verdict ENABLE ALWAYS TRIGGER log_update;

INSERT INTO listing_verdict SELECT v.* FROM listing l CROSS JOIN LATERAL verdict_of(l) v;
ALTER TABLE listing_verdict ADD FOREIGN KEY (id) REFERENCES listing ON DELETE CASCADE;

-- The orders of the lists: the score, which has no index of listing any more, and the adjusted price, which status and
-- condition say little about.
DROP INDEX listing_score_composite_idx, listing_status_score_composite_idx, listing_condition_score_composite_idx,
           listing_cpu_id_score_composite_idx, listing_gpu_id_score_composite_idx,
           listing_price_range_score_composite_idx;
CREATE INDEX listing_verdict_score_idx ON listing_verdict (score_composite, id);
CREATE INDEX listing_verdict_status_score_idx ON listing_verdict (status, score_composite, id);
CREATE INDEX listing_verdict_condition_score_idx ON listing_verdict (condition, score_composite, id);
CREATE INDEX listing_verdict_cpu_id_score_idx ON listing_verdict (cpu_id, score_composite, id);
CREATE INDEX listing_verdict_gpu_id_score_idx ON listing_verdict (gpu_id, score_composite, id);
CREATE INDEX listing_verdict_price_range_score_idx ON listing_verdict (price_range(price_usd), score_composite, id);
CREATE INDEX listing_verdict_owner_id_score_idx ON listing_verdict (owner_id, score_composite, id);
CREATE INDEX listing_verdict_adjusted_idx ON listing_verdict (adjusted_price_usd, id);
CREATE INDEX listing_verdict_cpu_id_adjusted_idx ON listing_verdict (cpu_id, adjusted_price_usd, id);
CREATE INDEX listing_verdict_gpu_id_adjusted_idx ON listing_verdict (gpu_id, adjusted_price_usd, id);
CREATE INDEX listing_verdict_owner_id_adjusted_idx ON listing_verdict (owner_id, adjusted_price_usd, id);
CREATE INDEX listing_verdict_price_range_adjusted_idx
    ON listing_verdict (price_range(price_usd), adjusted_price_usd, id);

-- Rows that follow from a listing or a CPU are locked in the order of the ids: dollars, then verdicts.
CREATE OR REPLACE FUNCTION store_dollars_of_cpu() RETURNS trigger LANGUAGE plpgsql AS $$
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

-- The functions find the tables of this schema for every search_path of a session. A plan is made for the rows of the
-- first call and kept: a hash join that was right for many rows would read the whole table for one, and so would a scan
-- that was right for a small table.
DO $$
DECLARE
    function regprocedure;
BEGIN
    FOR function IN SELECT oid FROM pg_proc
                     WHERE pronamespace = current_schema()::regnamespace
                       AND proname ~ '^(lock_(defaults|parts_of_verdict)$|store_(dollars_of_cpu$|verdicts))' LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp', function, current_schema());
    END LOOP;
    FOR function IN SELECT oid FROM pg_proc
                     WHERE pronamespace = current_schema()::regnamespace
                       AND proname IN ('store_verdicts', 'store_verdicts_of_new_listings') LOOP
        EXECUTE format('ALTER FUNCTION %s SET enable_hashjoin = off', function);
        EXECUTE format('ALTER FUNCTION %s SET enable_mergejoin = off', function);
        EXECUTE format('ALTER FUNCTION %s SET enable_seqscan = off', function);
    END LOOP;
END $$;
