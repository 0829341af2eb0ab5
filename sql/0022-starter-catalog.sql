-- Whether the starter catalog was added. The instance that adds it inserts the only row in the same transaction, so that
-- of instances that start together one adds it, and an administrator who deletes its parts does not get them again.
CREATE TABLE starter_catalog (
    only_row boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
    added_at timestamptz NOT NULL DEFAULT now()
);
