-- What collections need to be shown to everybody: views, and the orders of the public list.

ALTER TABLE collection
    ADD COLUMN view_count    bigint  NOT NULL DEFAULT 0 CHECK (view_count >= 0),
    ADD COLUMN crawler_count bigint  NOT NULL DEFAULT 0 CHECK (crawler_count >= 0),
    -- "My Deals", where imported shares go
    ADD COLUMN is_default    boolean NOT NULL DEFAULT false;

CREATE UNIQUE INDEX collection_one_default_key ON collection (user_id) WHERE is_default;
CREATE INDEX collection_public_recent_idx ON collection (created_at DESC, id DESC) WHERE visibility = 'public';
CREATE INDEX collection_public_popular_idx ON collection (view_count DESC, id DESC) WHERE visibility = 'public';

-- Import looks listings up by their address where they have no number of a vendor.
-- By its hash, as an address of 2048 characters would not fit into a B-tree.
CREATE INDEX listing_listing_url_idx ON listing USING hash (listing_url);
