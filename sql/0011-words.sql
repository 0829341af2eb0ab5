-- The words of texts, for the searches. The application splits a text into words (the class Words), so that they depend
-- neither on the locale of the database nor on the version of PostgreSQL. They have tables of their own: a change of a
-- price does not write the index again, and servers of an older version need not know them.

-- Creates the table NAME_words with the text of each row and its words. A text whose words are not known yet has null;
-- the application adds them. The triggers notice the changes of programs that do not write words, as older versions.
--   sources: the columns that the text is made of; source: the expression for the text of the row NEW
CREATE PROCEDURE index_words(name text, sources text, source text) LANGUAGE plpgsql AS $$
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
END $$;

-- The function words_of remains for the searches of older servers.
DROP INDEX listing_words_idx, collection_words_idx, cpu_words_idx, gpu_words_idx, ram_spec_words_idx,
    storage_profile_words_idx, ports_profile_words_idx, scoring_profile_words_idx, ruleset_words_idx;

CALL index_words('listing', 'title', 'NEW.title');
CALL index_words('collection', 'name, description', $$NEW.name || ' ' || coalesce(NEW.description, '')$$);
CALL index_words('cpu', 'name', 'NEW.name');
CALL index_words('gpu', 'name', 'NEW.name');
CALL index_words('ram_spec', 'label', $$coalesce(NEW.label, '')$$);
CALL index_words('storage_profile', 'label', $$coalesce(NEW.label, '')$$);
CALL index_words('ports_profile', 'name', 'NEW.name');
CALL index_words('scoring_profile', 'name', 'NEW.name');
CALL index_words('ruleset', 'name', 'NEW.name');
