-- The names of parts in the form in which they are compared, so that inputs can name a part: "cpu": "i5-12500T". The
-- application normalises a name (the class PartName). As with the words of searches, the result has a table of its own,
-- and triggers notice the changes of programs that do not write it, such as servers of an older version.

-- Creates the table PART_names with the name of each part. A name that is not normalised yet has null; the application
-- adds it.
--   key: equal names have equal keys; words: what a part is found by, if no key is equal
--   source: the column with the name
CREATE PROCEDURE index_part_names(part text, source text) LANGUAGE plpgsql AS $$
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
END $$;

CALL index_part_names('cpu', 'name');
CALL index_part_names('gpu', 'name');
CALL index_part_names('ram_spec', 'label');
CALL index_part_names('storage_profile', 'label');
CALL index_part_names('ports_profile', 'name');
CALL index_part_names('scoring_profile', 'name');
CALL index_part_names('ruleset', 'name');
