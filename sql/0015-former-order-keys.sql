-- Cursors survive the renumbering of order keys. A cursor contains the generation of its key. The keys of the generations
-- before are stored for the items that have stayed in their place since, so that the place of an old cursor is found.

ALTER TABLE collection ADD COLUMN key_generation integer NOT NULL DEFAULT 0;

CREATE TABLE former_order_key (
    item_id       bigint      NOT NULL REFERENCES collection_item ON DELETE CASCADE,
    collection_id bigint      NOT NULL,
    generation    integer     NOT NULL,
    order_key     numeric     NOT NULL,
    replaced_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (item_id, generation)
);
CREATE INDEX former_order_key_place_idx ON former_order_key (collection_id, generation, order_key);
CREATE INDEX former_order_key_replaced_at_idx ON former_order_key (replaced_at);
