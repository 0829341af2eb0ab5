-- What is for sale.

CREATE TABLE listing (
    id                           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    owner_id                     bigint        NOT NULL REFERENCES user_account ON DELETE CASCADE,
    title                        text          NOT NULL CHECK (length(title) BETWEEN 1 AND 255),
    listing_url                  text          CHECK (listing_url ~ '^https?://' AND length(listing_url) <= 2048),
    seller                       text          CHECK (length(seller) BETWEEN 1 AND 255),
    price_usd                    numeric(9, 2) CHECK (price_usd BETWEEN 0 AND 1000000),
    price_date                   timestamptz,
    condition                    text          NOT NULL DEFAULT 'used' CHECK (condition IN ('new', 'refurb', 'used')),
    status                       text          NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'archived', 'pending')),
    marketplace                  text          CHECK (length(marketplace) BETWEEN 1 AND 100),
    vendor_item_id               text          CHECK (length(vendor_item_id) BETWEEN 1 AND 255),
    device_model                 text          CHECK (length(device_model) BETWEEN 1 AND 255),
    manufacturer                 text          CHECK (length(manufacturer) BETWEEN 1 AND 100),
    series                       text          CHECK (length(series) BETWEEN 1 AND 100),
    model_number                 text          CHECK (length(model_number) BETWEEN 1 AND 100),
    form_factor                  text          CHECK (length(form_factor) BETWEEN 1 AND 100),
    ram_gb                       integer       CHECK (ram_gb BETWEEN 0 AND 65536),
    primary_storage_gb           integer       CHECK (primary_storage_gb BETWEEN 0 AND 1000000),
    secondary_storage_gb         integer       CHECK (secondary_storage_gb BETWEEN 0 AND 1000000),
    thumbnail_url                text          CHECK (thumbnail_url ~ '^https?://' AND length(thumbnail_url) <= 2048),
    notes                        text          CHECK (length(notes) <= 5000),
    attributes                   jsonb         NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(attributes) = 'object'),
    adjusted_price_usd           numeric(9, 2) CHECK (adjusted_price_usd BETWEEN 0 AND 1000000),
    score_composite              numeric       CHECK (score_composite BETWEEN 0 AND 100000),
    perf_per_watt                numeric       CHECK (perf_per_watt BETWEEN 0 AND 1000000),
    cpu_id                       bigint        REFERENCES cpu,
    gpu_id                       bigint        REFERENCES gpu,
    ports_profile_id             bigint        REFERENCES ports_profile,
    active_profile_id            bigint        REFERENCES scoring_profile,
    ruleset_id                   bigint        REFERENCES ruleset,
    ram_spec_id                  bigint        REFERENCES ram_spec,
    primary_storage_profile_id   bigint        REFERENCES storage_profile,
    secondary_storage_profile_id bigint        REFERENCES storage_profile,
    row_version                  bigint        NOT NULL DEFAULT 1,
    created_at                   timestamptz   NOT NULL DEFAULT now(),
    updated_at                   timestamptz   NOT NULL DEFAULT now()
);

-- NULLS DISTINCT on purpose: listings typed in by hand have no number of a vendor.
CREATE UNIQUE INDEX listing_vendor_item_key ON listing (marketplace, vendor_item_id)
    WHERE marketplace IS NOT NULL AND vendor_item_id IS NOT NULL;

-- The foreign keys.
CREATE INDEX listing_owner_id_idx ON listing (owner_id);
CREATE INDEX listing_cpu_id_idx ON listing (cpu_id);
CREATE INDEX listing_gpu_id_idx ON listing (gpu_id);
CREATE INDEX listing_ports_profile_id_idx ON listing (ports_profile_id);
CREATE INDEX listing_active_profile_id_idx ON listing (active_profile_id);
CREATE INDEX listing_ruleset_id_idx ON listing (ruleset_id);
CREATE INDEX listing_ram_spec_id_idx ON listing (ram_spec_id);
CREATE INDEX listing_primary_storage_profile_id_idx ON listing (primary_storage_profile_id);
CREATE INDEX listing_secondary_storage_profile_id_idx ON listing (secondary_storage_profile_id);

-- The orders and filters of the list.
CREATE INDEX listing_created_at_idx ON listing (created_at DESC, id DESC);
CREATE INDEX listing_price_usd_idx ON listing (price_usd, id);
CREATE INDEX listing_price_usd_desc_idx ON listing (price_usd DESC NULLS LAST, id DESC);
CREATE INDEX listing_score_composite_idx ON listing (score_composite DESC NULLS LAST, id DESC);
CREATE INDEX listing_words_idx ON listing USING gin (words_of(title));
