-- The parts that listings are made of, and the profiles that rate them.

-- The words of a text, for the searches. PostgreSQL's parser would take 16GB/512GB for a path, the 3200 of DDR4-3200 for a
-- negative number, and what stands between < and > for a tag that is not worth a word.
CREATE FUNCTION words_of(text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN to_tsvector('simple', translate($1, '/-+@<>&', '       '));

CREATE TABLE cpu (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name            text        NOT NULL CONSTRAINT cpu_natural_key UNIQUE CHECK (length(name) BETWEEN 1 AND 255),
    manufacturer    text        CHECK (length(manufacturer) BETWEEN 1 AND 100),
    socket          text        CHECK (length(socket) BETWEEN 1 AND 100),
    cores           integer     CHECK (cores BETWEEN 1 AND 1024),
    threads         integer     CHECK (threads BETWEEN 1 AND 2048),
    tdp_w           integer     CHECK (tdp_w BETWEEN 1 AND 2000),
    igpu_model      text        CHECK (length(igpu_model) BETWEEN 1 AND 255),
    cpu_mark_multi  integer     CHECK (cpu_mark_multi BETWEEN 1 AND 10000000),
    cpu_mark_single integer     CHECK (cpu_mark_single BETWEEN 1 AND 1000000),
    igpu_mark       integer     CHECK (igpu_mark BETWEEN 1 AND 10000000),
    release_year    integer     CHECK (release_year BETWEEN 1970 AND 2100),
    notes           text        CHECK (length(notes) <= 5000),
    attributes      jsonb       NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(attributes) = 'object'),
    row_version     bigint      NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE gpu (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name         text        NOT NULL CONSTRAINT gpu_natural_key UNIQUE CHECK (length(name) BETWEEN 1 AND 255),
    manufacturer text        CHECK (length(manufacturer) BETWEEN 1 AND 100),
    gpu_mark     integer     CHECK (gpu_mark BETWEEN 1 AND 10000000),
    metal_score  integer     CHECK (metal_score BETWEEN 1 AND 10000000),
    notes        text        CHECK (length(notes) <= 5000),
    attributes   jsonb       NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(attributes) = 'object'),
    row_version  bigint      NOT NULL DEFAULT 1,
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE ram_spec (
    id                     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    label                  text        CHECK (length(label) BETWEEN 1 AND 255),
    ddr_generation         text        NOT NULL CHECK (ddr_generation IN
                           ('ddr3', 'ddr4', 'ddr5', 'lpddr4', 'lpddr4x', 'lpddr5', 'lpddr5x', 'hbm2', 'hbm3', 'unknown')),
    speed_mhz              integer     CHECK (speed_mhz BETWEEN 1 AND 100000),
    module_count           integer     CHECK (module_count BETWEEN 1 AND 64),
    capacity_per_module_gb integer     CHECK (capacity_per_module_gb BETWEEN 1 AND 4096),
    total_capacity_gb      integer     CHECK (total_capacity_gb BETWEEN 1 AND 65536),
    row_version            bigint      NOT NULL DEFAULT 1,
    created_at             timestamptz NOT NULL DEFAULT now(),
    updated_at             timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT ram_spec_natural_key UNIQUE NULLS NOT DISTINCT
        (ddr_generation, speed_mhz, module_count, capacity_per_module_gb, total_capacity_gb)
);

CREATE TABLE storage_profile (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    label            text        CHECK (length(label) BETWEEN 1 AND 255),
    medium           text        NOT NULL CHECK (medium IN ('nvme', 'sata_ssd', 'hdd', 'hybrid', 'emmc', 'ufs', 'unknown')),
    interface        text        CHECK (length(interface) BETWEEN 1 AND 100),
    form_factor      text        CHECK (length(form_factor) BETWEEN 1 AND 100),
    capacity_gb      integer     CHECK (capacity_gb BETWEEN 1 AND 1000000),
    performance_tier text        CHECK (length(performance_tier) BETWEEN 1 AND 100),
    row_version      bigint      NOT NULL DEFAULT 1,
    created_at       timestamptz NOT NULL DEFAULT now(),
    updated_at       timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT storage_profile_natural_key UNIQUE NULLS NOT DISTINCT
        (medium, interface, form_factor, capacity_gb, performance_tier)
);

-- Ports are only ever read and written with their profile; as rows of their own they would multiply every joined row.
CREATE TABLE ports_profile (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name        text        NOT NULL CONSTRAINT ports_profile_natural_key UNIQUE CHECK (length(name) BETWEEN 1 AND 255),
    description text        CHECK (length(description) <= 1000),
    ports       jsonb       NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(ports) = 'array'),
    row_version bigint      NOT NULL DEFAULT 1,
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE scoring_profile (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name        text        NOT NULL CONSTRAINT scoring_profile_natural_key UNIQUE CHECK (length(name) BETWEEN 1 AND 255),
    description text        CHECK (length(description) <= 1000),
    weights     jsonb       NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(weights) = 'object'),
    is_default  boolean     NOT NULL DEFAULT false,
    row_version bigint      NOT NULL DEFAULT 1,
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX scoring_profile_one_default_key ON scoring_profile (is_default) WHERE is_default;

CREATE TABLE ruleset (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name        text        NOT NULL CONSTRAINT ruleset_natural_key UNIQUE CHECK (length(name) BETWEEN 1 AND 255),
    description text        CHECK (length(description) <= 1000),
    version     text        NOT NULL DEFAULT '1.0.0' CHECK (length(version) BETWEEN 1 AND 50),
    is_active   boolean     NOT NULL DEFAULT true,
    row_version bigint      NOT NULL DEFAULT 1,
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now()
);

-- The search by words.
CREATE INDEX cpu_words_idx ON cpu USING gin (words_of(name));
CREATE INDEX gpu_words_idx ON gpu USING gin (words_of(name));
CREATE INDEX ram_spec_words_idx ON ram_spec USING gin (words_of(label));
CREATE INDEX storage_profile_words_idx ON storage_profile USING gin (words_of(label));
CREATE INDEX ports_profile_words_idx ON ports_profile USING gin (words_of(name));
CREATE INDEX scoring_profile_words_idx ON scoring_profile USING gin (words_of(name));
CREATE INDEX ruleset_words_idx ON ruleset USING gin (words_of(name));
